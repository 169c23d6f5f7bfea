using System;
using BenchmarkDotNet.Attributes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Transactions;

namespace Chain.Benchmarks;

/// <summary>Ed25519 over the bytes of a transfer. One verification for each transaction is the yardstick V of DESIGN section 14.</summary>
public class SignatureBenchmarks : IDisposable
{
    private readonly PrivateKey _key = Samples.Key(1);
    private PublicKey _publicKey;
    private Signature _signature;
    private byte[] _message = [];

    [GlobalSetup]
    public void Setup()
    {
        SignedTransaction transfer = Samples.Transfer(1, Samples.AddressOf(2));
        _message = transfer.SignBytes;
        _publicKey = transfer.PublicKey;
        _signature = transfer.Signature;
    }

    [Benchmark]
    public bool Verify() => Ed25519.Verify(_publicKey, _message, _signature);

    [Benchmark]
    public Signature Sign() => _key.Sign(_message);

    [GlobalCleanup]
    public void Dispose()
    {
        _key.Dispose();
        GC.SuppressFinalize(this);
    }
}
