using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.StateMachine.Beacon;

/// <summary>Numbers from a beacon's value. What they are for goes into the seed, so that no two draws share them.</summary>
public static class DrawMath
{
    /// <summary>The seed of one draw: SHA-256 of value ‖ label ‖ id.</summary>
    public static Hash256 Seed(in Hash256 value, ReadOnlySpan<byte> label, ReadOnlySpan<byte> id) =>
        Sha256.Hash(value.Span, label, id);

    /// <summary>The i-th number below a bound above zero: 128 bits reduced, so that the bias is below 2^-64.</summary>
    public static UInt128 Number(in Hash256 seed, ulong index, UInt128 below)
    {
        byte[] place = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(place, index);
        Hash256 hash = Sha256.Hash(seed.Span, place);
        return BinaryPrimitives.ReadUInt128BigEndian(hash.Span) % below;
    }

    /// <summary>
    /// Draws up to <paramref name="count"/> of the candidates without replacement, each with a chance in proportion to its weight.
    /// Those without weight are never drawn.
    /// </summary>
    /// <param name="weights">One for each candidate, in the candidates' order.</param>
    /// <returns>Places of the drawn ones, in the order of the draw.</returns>
    public static List<int> Weighted(in Hash256 seed, IReadOnlyList<ulong> weights, int count)
    {
        ulong[] left = [.. weights];
        UInt128 sum = 0;
        foreach (ulong weight in left) sum += weight;
        List<int> drawn = [];
        while (drawn.Count < count && sum > 0)
        {
            UInt128 mark = Number(seed, (ulong)drawn.Count, sum);
            int place = 0;
            while (mark >= left[place]) mark -= left[place++];
            drawn.Add(place);
            sum -= left[place];
            left[place] = 0;
        }
        return drawn;
    }
}
