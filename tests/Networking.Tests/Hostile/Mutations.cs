using System;
using System.Globalization;

namespace Chain.Networking.Tests.Hostile;

/// <summary>Seeded damage to bytes, and how much of it a run does.</summary>
internal static class Mutations
{
    /// <summary>Mutated inputs for each decoder; <c>CHAIN_FUZZ</c> chooses another number.</summary>
    public static int Count => Read("CHAIN_FUZZ") ?? 20_000;

    /// <summary>Mutated frames on a live port, dearer since most of them cost a handshake; the same variable.</summary>
    public static int LiveCount => Read("CHAIN_FUZZ") ?? 5_000;

    public static int Seed => Read("CHAIN_TEST_SEED") ?? 1;

    /// <summary>A copy with one to four faults: bits flipped, bytes set, cut, doubled, inserted.</summary>
    public static byte[] Mutate(Random random, ReadOnlySpan<byte> bytes)
    {
        byte[] mutated = bytes.ToArray();
        for (int faults = random.Next(1, 5); faults > 0 && mutated.Length > 0; faults--)
        {
            int at = random.Next(mutated.Length);
            switch (random.Next(6))
            {
                case 0: mutated[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: mutated[at] = (byte)random.Next(256); break;
                case 2: mutated[at] = (byte)(random.Next(2) * 255); break;
                case 3: mutated = mutated[..at]; break;
                case 4: mutated = [.. mutated[..at], .. mutated[at..], .. mutated[at..]]; break;
                default: mutated = [.. mutated[..at], (byte)random.Next(256), .. mutated[at..]]; break;
            }
        }
        return mutated;
    }

    private static int? Read(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int value) ? value : null;
}
