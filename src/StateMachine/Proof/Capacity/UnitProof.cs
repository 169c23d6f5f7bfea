using System.Collections.Generic;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Proof.Capacity;

/// <summary>The nonces that prove one unit, ascending.</summary>
public sealed record UnitProof(IReadOnlyList<ulong> Nonces)
{
    public void Write(ref MessagePackWriter writer)
    {
        writer.Array(Nonces.Count);
        foreach (ulong nonce in Nonces) writer.UInt(nonce);
    }

    /// <summary>A nonce that stands twice is refused: it counts once.</summary>
    public static UnitProof Read(ref MessagePackReader reader)
    {
        ulong[] nonces = new ulong[reader.ArrayHeader(CapacityLimits.NoncesPerUnitMax)];
        for (int i = 0; i < nonces.Length && reader.IsOk; i++)
        {
            nonces[i] = reader.UInt();
            if (i > 0 && nonces[i - 1] >= nonces[i]) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        return new UnitProof(nonces);
    }
}
