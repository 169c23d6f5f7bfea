using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.StateMachine.Transactions;

/// <summary>
/// What a sender signs. Version 1 acts for the sender; version 2 has one field more, <see cref="Granter"/>, after it. There is one
/// encoding for each: version 2 always names a granter.
/// </summary>
/// <param name="Sender">Whose key signs, whose lane and sequence are used, and who pays unless a grant says otherwise.</param>
/// <param name="Lane">0 to 15; each lane has its own sequence.</param>
/// <param name="Sequence">The lane's next sequence, from 0.</param>
/// <param name="MaxFee">Most that the sender pays in all, ncredit.</param>
/// <param name="Tip">On top of work × base fee, ncredit.</param>
/// <param name="ValidUntil">Last second (Unix) of header time in which it may land.</param>
/// <param name="Messages">1 to 16; all of them apply, or none.</param>
/// <param name="Memo">At most 128 bytes of UTF-8, public.</param>
public sealed record TransactionBody(
    string ChainId,
    Address Sender,
    byte Lane,
    ulong Sequence,
    ulong MaxFee,
    ulong Tip,
    ulong ValidUntil,
    IReadOnlyList<Message> Messages,
    string Memo)
{
    private const ulong VersionOwn = 1;
    private const ulong VersionForGranter = 2;
    private const int FieldCount = 10;

    /// <summary>For whom the messages act, by a grant to the sender; null when they act for the sender itself.</summary>
    public Address? Granter { get; init; }

    /// <summary>Canonical MessagePack. Fields out of bounds give bytes that nobody decodes.</summary>
    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(Granter is null ? FieldCount : FieldCount + 1);
        writer.UInt(Granter is null ? VersionOwn : VersionForGranter).Str(ChainId).Bin(Sender);
        if (Granter is { } granter) writer.Bin(granter);
        writer.UInt(Lane).UInt(Sequence).UInt(MaxFee).UInt(Tip).UInt(ValidUntil).Array(Messages.Count);
        foreach (Message message in Messages) KindTable.Write(ref writer, message);
        return writer.Str(Memo).ToArray();
    }

    /// <summary>What the signature covers: the domain, then the encoded body.</summary>
    public static byte[] SignBytes(ReadOnlySpan<byte> encodedBody) => [.. SignDomains.Transaction, .. encodedBody];

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out TransactionBody body, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        int count = reader.ArrayHeader(FieldCount + 1);
        ulong version = reader.UInt();
        bool isKnown = version is VersionOwn or VersionForGranter;
        if (!isKnown) reader.Fail(DecodeCode.Unknown);
        else if (count != (version == VersionOwn ? FieldCount : FieldCount + 1)) reader.Fail(DecodeCode.WrongArity);
        string chainId = reader.Str(Limits.ChainIdBytesMax);
        Address sender = reader.Address();
        Address? granter = version == VersionForGranter ? reader.Address() : null;
        body = new TransactionBody(
            chainId,
            sender,
            reader.UInt8(Limits.LanesPerAccount - 1),
            reader.UInt(),
            reader.UInt(),
            reader.UInt(),
            reader.UInt(),
            ReadMessages(ref reader),
            reader.Str(Limits.MemoBytesMax))
        {
            Granter = granter,
        };
        reader.EndArray();
        return reader.TryFinish(out error);
    }

    private static Message[] ReadMessages(ref MessagePackReader reader)
    {
        int count = reader.ArrayHeader(Limits.MessagesPerTransactionMax);
        if (count == 0) reader.Fail(DecodeCode.OutOfRange);
        Message[] messages = new Message[count];
        for (int i = 0; i < count && reader.IsOk; i++)
        {
            // Null only where the reader failed, and then nobody sees the body.
            messages[i] = KindTable.Read(ref reader)!;
        }
        reader.EndArray();
        return messages;
    }
}
