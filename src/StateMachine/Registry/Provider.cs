using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Registry;

/// <summary>A registered provider of resources.</summary>
/// <param name="Stake">Bonded, locked and unbonding credits.</param>
/// <param name="Attributes">Names ascending, unique.</param>
/// <param name="Capacity">Classes ascending, unique.</param>
/// <param name="EndpointHash">SHA-256 of where tenants reach it; the text itself travels off chain.</param>
/// <param name="SchemaVersion">Version of the attribute schema that it follows.</param>
/// <param name="LiveLeases">Leases that are not final yet; it cannot retire before they are.</param>
public sealed record Provider(
    Address Address,
    ProviderStatus Status,
    StakeBalance Stake,
    string Region,
    IReadOnlyList<ProviderAttribute> Attributes,
    IReadOnlyList<ClassCapacity> Capacity,
    string Did,
    Hash256 EndpointHash,
    uint SchemaVersion,
    MarketTime RegisteredAt,
    ulong LiveLeases)
{
    private const int CodecVersion = 2;
    private const int Arity = 13;

    /// <summary>True while it is paused and was in probation before; resuming goes back there.</summary>
    public bool PausedInProbation { get; init; }

    public ulong Bonded => Stake.Bonded;

    public ulong Locked => Stake.Locked;

    /// <summary>What collateral of new bids may take, in ncredit.</summary>
    public ulong StakeFree => Stake.Free;

    /// <summary>True while it may bid and post offers.</summary>
    public bool MayBid => Status is ProviderStatus.Probation or ProviderStatus.Active;

    /// <summary>What it has of a class; all zero for a class that it does not list.</summary>
    public ClassCapacity CapacityOf(ResourceClass resource)
    {
        foreach (ClassCapacity entry in Capacity)
        {
            if (entry.Class == resource) return entry;
        }
        return new ClassCapacity(resource, 0);
    }

    /// <summary>The value of an attribute, or null.</summary>
    public string? AttributeOf(string name)
    {
        foreach (ProviderAttribute attribute in Attributes)
        {
            if (string.Equals(attribute.Name, name, StringComparison.Ordinal)) return attribute.Value;
        }
        return null;
    }

    /// <summary>The provider with one class replaced; the class must be one that it lists.</summary>
    public Provider WithCapacity(ClassCapacity changed)
    {
        ClassCapacity[] capacity = [.. Capacity];
        for (int i = 0; i < capacity.Length; i++)
        {
            if (capacity[i].Class == changed.Class) capacity[i] = changed;
        }
        return this with { Capacity = capacity };
    }

    /// <summary>The provider in jail, unless it is on its way out: then it takes nothing new already, and must not come back.</summary>
    public Provider Jailed() =>
        Status is ProviderStatus.Exiting or ProviderStatus.Retired ? this : this with { Status = ProviderStatus.Jailed };

    /// <summary>Locks free stake as collateral. Throws an arithmetic exception when it has less: check first.</summary>
    public Provider WithLocked(ulong amount)
    {
        ulong free = checked(StakeFree - amount);
        return this with { Stake = Stake with { Locked = Stake.Bonded - free } };
    }

    /// <summary>Frees collateral that was locked.</summary>
    public Provider WithUnlocked(ulong amount) => this with { Stake = Stake with { Locked = checked(Stake.Locked - amount) } };

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(Arity).UInt(CodecVersion).Bin(Address).UInt((ulong)Status);
        Stake.Write(writer);
        writer.Str(Region);
        ProviderText.WriteAttributes(writer, Attributes);
        writer.Array(Capacity.Count);
        foreach (ClassCapacity entry in Capacity)
        {
            writer.Array(4).UInt((ulong)entry.Class).UInt(entry.Total).UInt(entry.Reserved).UInt(entry.Leased);
        }
        writer.Str(Did).Bin(EndpointHash).UInt(SchemaVersion).UInt(RegisteredAt.Seconds).UInt(LiveLeases)
            .Bool(PausedInProbation);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Provider provider, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(Arity);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        provider = new Provider(
            reader.Address(),
            ReadStatus(ref reader),
            StakeBalance.Read(ref reader),
            reader.Str(ProviderText.RegionBytesMax),
            ProviderText.ReadAttributes(ref reader),
            ReadCapacity(ref reader),
            reader.Str(ProviderText.DidBytesMax),
            reader.Hash256(),
            reader.UInt32(),
            new MarketTime(reader.UInt()),
            reader.UInt())
        {
            PausedInProbation = reader.Bool(),
        };
        reader.EndArray();
        return reader.TryFinish(out error);
    }

    private static ProviderStatus ReadStatus(ref MessagePackReader reader)
    {
        ProviderStatus status = (ProviderStatus)reader.UInt8();
        if (!Enum.IsDefined(status)) reader.Fail(DecodeCode.OutOfRange);
        return status;
    }

    private static ClassCapacity[] ReadCapacity(ref MessagePackReader reader)
    {
        int count = reader.ArrayHeader(ProviderText.ClassesMax);
        ClassCapacity[] capacity = new ClassCapacity[count];
        for (int i = 0; i < count && reader.IsOk; i++)
        {
            reader.Array(4);
            capacity[i] = new((ResourceClass)reader.UInt8(), reader.UInt(), reader.UInt(), reader.UInt());
            reader.EndArray();
            bool fits = (UInt128)capacity[i].Reserved + capacity[i].Leased <= capacity[i].Total;
            bool ascends = i == 0 || capacity[i - 1].Class < capacity[i].Class;
            if (!fits || !ascends || !ProviderText.IsKnown(capacity[i].Class)) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        return capacity;
    }
}
