using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Transactions;

/// <summary>
/// Many signed transactions in one request, for senders to whom a JSON-RPC call each is too dear: <c>[version, [bin, …]]</c>. They stand
/// for themselves: each gets its own code, in the same order (<see cref="TransactionBatchAnswer"/>).
/// </summary>
public sealed record TransactionBatch(IReadOnlyList<byte[]> Transactions)
{
    /// <summary>Where a node takes batches by HTTP POST.</summary>
    public const string HttpPath = "transactions";

    /// <summary>What such a request and its answer are made of.</summary>
    public const string MediaType = "application/msgpack";

    private const int CodecVersion = 1;

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(2).UInt(CodecVersion).Array(Transactions.Count);
        foreach (byte[] transaction in Transactions) writer.Bin(transaction);
        return writer.ToArray();
    }

    /// <summary>Takes at most <see cref="Limits.TransactionsPerBatchMax"/>; what a transaction is made of is not looked at.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out TransactionBatch batch, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        int count = reader.ArrayHeader(Limits.TransactionsPerBatchMax);
        List<byte[]> transactions = [];
        for (int i = 0; i < count && reader.IsOk; i++) transactions.Add(reader.Bin(Limits.TransactionBytesMax).ToArray());
        reader.EndArray();
        reader.EndArray();
        batch = new TransactionBatch(transactions);
        return reader.TryFinish(out error);
    }
}
