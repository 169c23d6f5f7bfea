using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Trust.Reviews;

/// <summary>What one party of a lease says about the other; its id is the lease and the side that wrote it.</summary>
/// <param name="TextHash">SHA-256 of the text, which stays off the chain.</param>
/// <param name="Weight">ncredit of fees; fixed when it is written.</param>
/// <param name="PublishedAt">The zero time while it is hidden.</param>
/// <param name="ReplyHash">SHA-256 of the subject's reply; zero without one.</param>
public sealed record Review(
    ulong LeaseId,
    ReviewSide Side,
    Address Author,
    Address Subject,
    ReviewState State,
    Stars Stars,
    Hash256 TextHash,
    ulong Weight,
    MarketTime WrittenAt,
    MarketTime PublishedAt,
    Hash256 ReplyHash)
{
    private const int CodecVersion = 1;
    private const int Arity = 11 + Stars.FieldCount;

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(Arity).UInt(CodecVersion).UInt(LeaseId).UInt((ulong)Side).Bin(Author).Bin(Subject).UInt((ulong)State);
        Stars.Write(ref writer);
        writer.Bin(TextHash).UInt(Weight).UInt(WrittenAt.Seconds).UInt(PublishedAt.Seconds).Bin(ReplyHash);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Review review, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(Arity);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        review = new Review(
            reader.UInt(),
            (ReviewSide)reader.UInt8((byte)ReviewSide.Provider),
            reader.Address(),
            reader.Address(),
            (ReviewState)reader.UInt8((byte)ReviewState.Masked),
            Stars.Read(ref reader),
            reader.Hash256(),
            reader.UInt(),
            new MarketTime(reader.UInt()),
            new MarketTime(reader.UInt()),
            reader.Hash256());
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
