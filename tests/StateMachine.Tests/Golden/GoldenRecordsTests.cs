using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Chain.Primitives.Bytes;
using Chain.Tests.Shared;

namespace Chain.StateMachine.Tests.Golden;

/// <summary>
/// Bytes of every kind of record and of transactions, as they were written once: what is stored must be read for ever, also by a
/// program that writes a newer version.
/// </summary>
/// <remarks>
/// <c>CHAIN_TEST_WRITE=1</c> writes the file anew. While no chain has been launched that may replace lines; afterwards lines are only
/// added, and a changed record needs a new version that stands beside the old one.
/// </remarks>
public sealed class GoldenRecordsTests
{
    /// <summary>Large, and of files and peers rather than of the state.</summary>
    private static readonly string[] Elsewhere = ["SnapshotManifest.TryDecode", "SnapshotChunk.TryDecode"];

    private static readonly string Path = System.IO.Path.Combine(
        Vectors.RepositoryRoot(), "tests", "StateMachine.Tests", "Golden", "records.txt");

    [Fact]
    public void P25_records_and_messages_of_every_version_decode_to_the_same_bytes()
    {
        SortedDictionary<string, DecoderCase> cases = new(StringComparer.Ordinal);
        List<string> today = [];
        foreach (DecoderCase item in DecoderTests.Suite.Cases)
        {
            // Without a version: text, and what is not stored.
            bool isRecord = item.RefusalOf is not null || item.Name == "SignedTransaction.TryDecode";
            if (!isRecord || Elsewhere.Contains(item.Name)) continue;
            cases[item.Name] = item;
            today.AddRange(item.Samples.Select(sample => $"{item.Name} {Hex.Lower(sample)}"));
        }
        if (Environment.GetEnvironmentVariable("CHAIN_TEST_WRITE") == "1") File.WriteAllLines(Path, today);
        string[] golden = File.ReadAllLines(Path);
        foreach (string line in golden)
        {
            string[] parts = line.Split(' ');
            // Whatever is accepted was encoded again, and compared.
            Assert.True(cases[parts[0]].Accepts(Convert.FromHexString(parts[1])), $"{parts[0]} no longer reads {parts[1]}");
        }
        Assert.Empty(today.Except(golden));
    }
}
