using System.Collections.Generic;
using Chain.Primitives.Codec;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Proof.Capacity;

/// <summary>Version 4: a provider proves units of its capacity that lie one after the other, or enters the proofs (<see cref="Enter"/>).</summary>
/// <param name="First">Number of the first unit, from 0.</param>
public sealed record ProveCapacity(ResourceClass Resource, ulong First, IReadOnlyList<UnitProof> Units) : Message
{
    public const byte KindVersion = 4;
    public const int FieldCount = 3;

    /// <summary>From the next epoch on, the sender's whole capacity is challenged.</summary>
    public static ProveCapacity Enter { get; } = new(default, 0, []);

    public bool IsEntry => Units.Count == 0;

    public override MessageKind Kind => MessageKind.Prove;

    public override byte Version => KindVersion;

    public override void WriteFields(ref MessagePackWriter writer)
    {
        writer.UInt((ulong)Resource).UInt(First).Array(Units.Count);
        foreach (UnitProof unit in Units) unit.Write(ref writer);
    }

    public static Message Read(ref MessagePackReader reader)
    {
        ResourceClass resource = (ResourceClass)reader.UInt8();
        ulong first = reader.UInt(CapacityLimits.UnitsPerClassMax);
        UnitProof[] units = new UnitProof[reader.ArrayHeader(CapacityLimits.UnitsPerMessageMax)];
        for (int i = 0; i < units.Length && reader.IsOk; i++) units[i] = UnitProof.Read(ref reader);
        reader.EndArray();
        // An entry names nothing, a proof something that there is.
        bool fits = units.Length == 0 ? resource == default && first == 0 : ProviderText.IsKnown(resource);
        if (!fits) reader.Fail(DecodeCode.OutOfRange);
        return new ProveCapacity(resource, first, units);
    }

    /// <summary>How many nonces the message carries: each costs a hash to check.</summary>
    public int NonceCount
    {
        get
        {
            int count = 0;
            foreach (UnitProof unit in Units) count += unit.Nonces.Count;
            return count;
        }
    }
}
