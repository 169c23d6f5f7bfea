using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Market.Amendments;

/// <summary>Terms that one party of a lease asks for. A lease has at most one; it goes when accepted, or with the lease.</summary>
/// <param name="By">Who asked.</param>
/// <param name="ValidUntil">The first second that is too late to accept.</param>
public sealed record Amendment(ulong LeaseId, Address By, AmendedTerms Terms, MarketTime ValidUntil)
{
    private const int CodecVersion = 1;
    private const int Arity = 4 + AmendedTerms.FieldCount;

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(Arity).UInt(CodecVersion).UInt(LeaseId).Bin(By);
        Terms.Write(ref writer);
        writer.UInt(ValidUntil.Seconds);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Amendment amendment, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(Arity);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        amendment = new Amendment(
            reader.UInt(), reader.Address(), AmendedTerms.Read(ref reader), new MarketTime(reader.UInt()));
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
