using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Chain.Primitives.Codec;

namespace Chain.Tests.Shared;

/// <summary>
/// Runs every decoder of an assembly on mutated samples: nothing throws, and what is accepted is canonical. The seed comes
/// from <c>CHAIN_TEST_SEED</c>, the number of mutations for each decoder from <c>CHAIN_MUTATIONS</c>.
/// </summary>
internal sealed class DecoderSuite(Assembly assembly, params DecoderCase[] cases)
{
    private const int Chunks = 8;

    private static readonly int Mutations = int.TryParse(
        Environment.GetEnvironmentVariable("CHAIN_MUTATIONS"), CultureInfo.InvariantCulture, out int count) ? count : 100_000;

    public IReadOnlyList<DecoderCase> Cases => cases;

    /// <summary>Rows for a theory.</summary>
    public IEnumerable<TheoryDataRow<string>> Rows => cases.Select(item => new TheoryDataRow<string>(item.Name));

    /// <summary>Every public static method that tries to decode bytes or text, as "Type.Method"; overloads count once.</summary>
    public static IReadOnlyList<string> DecodersOf(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(IsDecoder)
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Fails when a decoder was added without samples, or one here is gone.</summary>
    public void CoversEveryDecoder() => Assert.Equal(
        DecodersOf(assembly), cases.SelectMany(item => item.Covers.Append(item.Name)).Order(StringComparer.Ordinal));

    /// <summary>The samples are accepted, every cut of one is judged, and then come the mutations.</summary>
    public void Run(string decoder)
    {
        DecoderCase item = cases.Single(candidate => candidate.Name == decoder);
        foreach (byte[] sample in item.Samples) CheckSample(item, sample);
        int[] accepted = new int[Chunks];
        Parallel.For(0, Chunks, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, chunk =>
        {
            Mutator mutator = new(unchecked((PropertyCheck.Seed * 1_000_003) + (ulong)chunk));
            for (int i = chunk; i < Mutations; i += Chunks)
            {
                if (Judge(item, mutator.Next(item.Samples))) accepted[chunk]++;
            }
        });
        Assert.True(accepted.Sum() > 0 || Mutations < 10_000, $"{item}: no mutation was ever accepted; its samples show little");
    }

    private static void CheckSample(DecoderCase item, byte[] sample)
    {
        string text = Convert.ToHexString(sample);
        Assert.True(Judge(item, sample), $"{item}: a sample is refused: {text}");
        for (int length = 0; length < sample.Length; length++)
        {
            bool isAccepted = Judge(item, sample[..length]);
            Assert.False(isAccepted && item.IsSelfDelimiting, $"{item} accepts the first {length} bytes of {text}");
        }
        bool isLongerAccepted = Judge(item, [.. sample, 0]);
        Assert.False(isLongerAccepted && item.IsSelfDelimiting, $"{item} accepts a byte after {text}");
        if (item.RefusalOf is null) return;
        byte[] otherVersion = [.. sample];
        // The version stands after the head of the array, which takes three bytes from sixteen elements on.
        otherVersion[sample[0] == 0xdc ? 3 : 1] = 0x7f;
        Assert.Equal(DecodeCode.Unknown, item.RefusalOf(otherVersion));
    }

    private static bool Judge(DecoderCase item, byte[] bytes)
    {
        try
        {
            return item.Accepts(bytes);
        }
        catch (Exception fault)
        {
            Assert.Fail($"CHAIN_TEST_SEED={PropertyCheck.Seed}, {item} on {Convert.ToHexString(bytes)}: {fault}");
            return false;
        }
    }

    private static bool IsDecoder(MethodInfo method)
    {
        string[] verbs = ["TryDecode", "TryParse", "TryRead"];
        return method.ReturnType == typeof(bool)
            && verbs.Any(verb => method.Name.StartsWith(verb, StringComparison.Ordinal))
            && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(string)
                || parameter.ParameterType == typeof(ReadOnlySpan<char>)
                || parameter.ParameterType == typeof(ReadOnlySpan<byte>)
                || parameter.ParameterType == typeof(byte[]));
    }
}
