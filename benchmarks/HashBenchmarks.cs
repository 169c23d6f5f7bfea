using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Benchmarks;

/// <summary>SHA-256 of short inputs: 65 bytes are an inner node of a tree.</summary>
public class HashBenchmarks
{
    private byte[] _input = [];

    [Params(32, 65, 256, 1024)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Setup() => _input = new byte[Bytes];

    [Benchmark(Baseline = true)]
    public Hash256 Framework()
    {
        Hash256 hash = default;
        SHA256.HashData(_input, hash);
        return hash;
    }

    /// <summary>Ours: libcrypto's low-level calls, where the start-up self-test finds them.</summary>
    [Benchmark]
    public Hash256 Primitives() => Sha256.Hash(_input);
}
