using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Accounts;

/// <summary>The DID document that an account stands for; the document itself is kept elsewhere.</summary>
/// <param name="Hash">SHA-256 of the document, not zero.</param>
/// <param name="StorageDeposit">ncredit, returned when the account takes its document back.</param>
public sealed record DidDocument(Hash256 Hash, ulong StorageDeposit)
{
    private const int CodecVersion = 1;

    public byte[] Encode() => new MessagePackWriter().Array(3).UInt(CodecVersion).Bin(Hash).UInt(StorageDeposit).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out DidDocument document, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(3);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        document = new DidDocument(reader.Hash256(), reader.UInt());
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
