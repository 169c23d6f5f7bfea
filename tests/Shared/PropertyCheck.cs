using System;
using System.Collections.Generic;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Chain.Tests.Shared;

/// <summary>Runs FsCheck properties from a fixed seed, so that a run repeats; <c>CHAIN_TEST_SEED</c> chooses another.</summary>
internal static class PropertyCheck
{
    public static ulong Seed { get; } =
        ulong.TryParse(Environment.GetEnvironmentVariable("CHAIN_TEST_SEED"), CultureInfo.InvariantCulture, out ulong seed) ? seed : 1;

    /// <summary>
    /// A law over sequences of numbers, from a seed that is new in each run unless <c>CHAIN_TEST_SEED</c> names one. A failing
    /// sequence is shortened until nothing more can be left out.
    /// </summary>
    /// <param name="part">Of several that run side by side: the first begins at the named seed, so that the seed a failure prints repeats it.</param>
    public static void HoldsForSequences(int length, Action<int[]> law, int count, int part = 0)
    {
        ulong first = Environment.GetEnvironmentVariable("CHAIN_TEST_SEED") is null ? (ulong)System.Random.Shared.NextInt64() : Seed;
        ulong seed = first + (ulong)part;
        Arbitrary<int[]> sequences = Arb.From(Gen.Choose(0, int.MaxValue).ArrayOf(length), Shorter);
        Prop.ForAll(sequences, law).Check(ConfigOf(seed, count));
    }

    /// <summary>The same for a law that throws when it does not hold.</summary>
    public static void Holds<T>(Gen<T> cases, Action<T> law, int count) => Holds(
        cases,
        sample =>
        {
            law(sample);
            return true;
        },
        count);

    /// <summary>Fails, with the shrunk case and the seed, unless the law holds for that many generated cases.</summary>
    public static void Holds<T>(Gen<T> cases, Func<T, bool> law, int count = 300)
    {
        Prop.ForAll(cases.ToArbitrary(), law).Check(ConfigOf(Seed, count));
    }

    /// <summary>Step of the generator (2^64 by the golden ratio, odd): with a small one the sequences of neighbouring seeds overlap.</summary>
    private const ulong Gamma = 0x9e37_79b9_7f4a_7c15;

    private static Config ConfigOf(ulong seed, int count) => Config.QuickThrowOnFailure
        .WithMaxTest(count)
        .WithQuietOnSuccess(true)
        .WithName($"CHAIN_TEST_SEED={seed}")
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed, Gamma), FSharpOption<int>.None)));

    /// <summary>The sequence without a piece of it: first halves, at last single steps.</summary>
    private static IEnumerable<int[]> Shorter(int[] sequence)
    {
        for (int size = (sequence.Length + 1) / 2; size > 0; size = size == 1 ? 0 : (size + 1) / 2)
        {
            for (int from = sequence.Length - size; from > -size; from -= size)
            {
                int start = Math.Max(0, from);
                int end = Math.Min(sequence.Length, from + size);
                yield return [.. sequence[..start], .. sequence[end..]];
            }
        }
    }
}
