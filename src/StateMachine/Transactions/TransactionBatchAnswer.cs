using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Transactions;

/// <summary>What a node says to a <see cref="TransactionBatch"/>: <c>[version, [code, …]]</c>, one code for each transaction.</summary>
public sealed record TransactionBatchAnswer(IReadOnlyList<ResultCode> Codes)
{
    private const int CodecVersion = 1;

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(2).UInt(CodecVersion).Array(Codes.Count);
        foreach (ResultCode code in Codes) writer.UInt((uint)code);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out TransactionBatchAnswer answer, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        int count = reader.ArrayHeader(Limits.TransactionsPerBatchMax);
        List<ResultCode> codes = [];
        for (int i = 0; i < count && reader.IsOk; i++) codes.Add((ResultCode)reader.UInt32(uint.MaxValue));
        reader.EndArray();
        reader.EndArray();
        answer = new TransactionBatchAnswer(codes);
        return reader.TryFinish(out error);
    }
}
