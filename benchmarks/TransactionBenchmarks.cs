using BenchmarkDotNet.Attributes;
using Chain.StateMachine.Transactions;

namespace Chain.Benchmarks;

/// <summary>Canonical MessagePack of a transaction with one transfer.</summary>
public class TransactionBenchmarks
{
    private readonly SignedTransaction _transfer = Samples.Transfer(1, Samples.AddressOf(2));

    [Benchmark]
    public byte[] EncodeBody() => _transfer.Body.Encode();

    /// <summary>With the body inside it and the id (SHA-256); without the signature's check.</summary>
    [Benchmark]
    public bool DecodeSigned() => SignedTransaction.TryDecode(_transfer.Bytes, out _, out _);
}
