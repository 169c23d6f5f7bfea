using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Registry;

/// <summary>A registered provider of resources.</summary>
/// <param name="Stake">Bonded, locked and unbonding credits.</param>
/// <param name="Attributes">Names ascending, unique.</param>
/// <param name="Capacity">Classes ascending, unique; of cards one entry for each kind.</param>
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
    private const int CodecVersion = 3;
    private const int Arity = 16;

    /// <summary>True while it is paused or suspended and was in probation before; it goes back there.</summary>
    public bool ReturnsToProbation { get; init; }

    /// <summary>The first second without a snapshot of its capacity; the zero time where none is asked for.</summary>
    public MarketTime SnapshotDue { get; init; }

    /// <summary>The last snapshot; null before the first.</summary>
    public CapacitySnapshot? Snapshot { get; init; }

    /// <summary>Announced times of maintenance that still matter, in the order of their announcement.</summary>
    public IReadOnlyList<MaintenanceWindow> Maintenance { get; init; } = [];

    public ulong Bonded => Stake.Bonded;

    public ulong Locked => Stake.Locked;

    /// <summary>What collateral of new bids may take, in ncredit.</summary>
    public ulong StakeFree => Stake.Free;

    /// <summary>True in a status in which it may bid and post offers.</summary>
    public bool MayBid => Status is ProviderStatus.Probation or ProviderStatus.Active;

    /// <summary>True while it may bid; a snapshot that is missing ends that at its own time, however late the move runs.</summary>
    public bool MayBidAt(MarketTime now) => MayBid && !IsSnapshotMissing(now);

    public bool IsSnapshotMissing(MarketTime now) => SnapshotDue != default && SnapshotDue <= now;

    /// <summary>True when maintenance was announced for some of the time from <paramref name="begins"/> to <paramref name="ends"/>.</summary>
    public bool IsMaintained(ulong begins, ulong ends)
    {
        foreach (MaintenanceWindow window in Maintenance)
        {
            if (window.From.Seconds < ends && begins < window.To.Seconds) return true;
        }
        return false;
    }

    /// <summary>What it has of a class, cards of all kinds together; all zero for a class that it does not list.</summary>
    public ClassCapacity SumOf(ResourceClass resource)
    {
        ClassCapacity sum = new(resource, 0);
        foreach (ClassCapacity entry in Capacity)
        {
            if (entry.Class != resource) continue;
            sum = new ClassCapacity(
                resource, checked(sum.Total + entry.Total), checked(sum.Reserved + entry.Reserved), checked(sum.Leased + entry.Leased));
        }
        return sum;
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

    /// <summary>
    /// Moves the units of a bid or lease: each factor is −1, 0 or 1. Throws an arithmetic exception where there are not as many:
    /// check first.
    /// </summary>
    public Provider WithUnits(ResourceVector units, int reserved, int leased)
    {
        ClassCapacity[] capacity = [.. Capacity];
        for (int i = 0; i < capacity.Length; i++)
        {
            if (!capacity[i].Holds(units)) continue;
            Int128 amount = units.Of(capacity[i].Class);
            capacity[i] = capacity[i] with
            {
                Reserved = checked((ulong)(capacity[i].Reserved + (amount * reserved))),
                Leased = checked((ulong)(capacity[i].Leased + (amount * leased))),
            };
        }
        return this with { Capacity = capacity };
    }

    /// <summary>True when all of the units, with named cards, are free.</summary>
    public bool HasFree(ResourceVector units)
    {
        Int128 missing = (Int128)units.CpuMilli + units.MemoryMib + units.StorageGib + units.Gpus;
        foreach (ClassCapacity entry in Capacity)
        {
            if (!entry.Holds(units)) continue;
            if (entry.Free < units.Of(entry.Class)) return false;
            missing -= units.Of(entry.Class);
        }
        return missing == 0;
    }

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
        Stake.Write(ref writer);
        writer.Str(Region);
        ProviderText.WriteAttributes(ref writer, Attributes);
        writer.Array(Capacity.Count);
        foreach (ClassCapacity entry in Capacity)
        {
            writer.Array(5).UInt((ulong)entry.Class).UInt(entry.Total).UInt(entry.Reserved).UInt(entry.Leased);
            entry.Gpu.Write(ref writer);
        }
        writer.Str(Did).Bin(EndpointHash).UInt(SchemaVersion).UInt(RegisteredAt.Seconds).UInt(LiveLeases)
            .Bool(ReturnsToProbation).UInt(SnapshotDue.Seconds);
        CapacitySnapshot.Write(ref writer, Snapshot);
        MaintenanceWindow.WriteAll(ref writer, Maintenance);
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
            ReturnsToProbation = reader.Bool(),
            SnapshotDue = new MarketTime(reader.UInt()),
            Snapshot = CapacitySnapshot.Read(ref reader),
            Maintenance = MaintenanceWindow.ReadAll(ref reader),
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
            reader.Array(5);
            capacity[i] = new((ResourceClass)reader.UInt8(), reader.UInt(), reader.UInt(), reader.UInt())
            {
                Gpu = GpuKind.Read(ref reader),
            };
            reader.EndArray();
            bool fits = (UInt128)capacity[i].Reserved + capacity[i].Leased <= capacity[i].Total;
            bool ascends = i == 0 || capacity[i - 1].CompareTo(capacity[i]) < 0;
            if (!fits || !ascends || !ProviderText.IsWell(capacity[i])) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        return capacity;
    }
}
