using System;
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
        Config config = Config.QuickThrowOnFailure
            .WithMaxTest(count)
            .WithQuietOnSuccess(true)
            .WithName($"CHAIN_TEST_SEED={Seed}")
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed, 1), FSharpOption<int>.None)));
        Prop.ForAll(cases.ToArbitrary(), law).Check(config);
    }
}
