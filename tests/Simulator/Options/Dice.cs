using System;
using System.Collections.Generic;

namespace Chain.Simulator.Options;

/// <summary>The one source of chance: SplitMix64, so that a seed gives the same run on every machine and runtime.</summary>
internal sealed class Dice
{
    private readonly ulong _seed;
    private ulong _state;

    public Dice(ulong seed) => (_seed, _state) = (seed, seed);

    /// <summary>Dice of their own for one purpose, so that a new roll in one place does not move all others.</summary>
    public Dice Fork(ulong purpose) => new(Mix(unchecked((_seed * 0x9E3779B97F4A7C15) ^ Mix(purpose))));

    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            return Mix(_state);
        }
    }

    /// <summary>0 to <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    /// <summary>Both ends included.</summary>
    public long Between(long low, long high) => low + (long)(Next() % (ulong)(high - low + 1));

    public bool Chance(int perMille) => Below(1000) < perMille;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>Picks an index by weight.</summary>
    public int Weighted(ReadOnlySpan<int> weights)
    {
        int total = 0;
        foreach (int weight in weights) total += weight;
        int roll = Below(total);
        for (int i = 0; ; i++)
        {
            roll -= weights[i];
            if (roll < 0) return i;
        }
    }

    public void Shuffle<T>(IList<T> items)
    {
        for (int i = items.Count - 1; i > 0; i--)
        {
            int other = Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) bytes[i] = unchecked((byte)Next());
        return bytes;
    }

    /// <summary>For interfaces that want the framework's own; its seeded sequence is fixed as well.</summary>
    public Random ToRandom() => new((int)(Next() & 0x7FFFFFFF));

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
