using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;
using Chain.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Chain.StateMachine.Tests.Transactions;

public sealed class SignedTransactionTests
{
    private static Gen<SignedTransaction> Signed { get; } =
        from name in RandomMessages.Name
        from messages in RandomMessages.Some
        from lane in Gen.Choose(0, 15)
        from sequence in RandomMessages.Amount
        from memo in Gen.Elements("", "hello", "für später")
        from granter in Gen.Frequency((2, Gen.Constant<string?>(null)), (1, RandomMessages.Name.Select(name => (string?)name)))
        select Sign(name, messages, (byte)lane, sequence, memo, granter);

    [Fact]
    public void Encoding_follows_the_layout_of_the_design()
    {
        TransactionBody body = new(
            "devnet-1", Address.From(Bytes(20, 1)), 3, 5, 1000, 7, 1_700_000_000,
            [new Transfer(Address.From(Bytes(20, 2)), 300, Hash256.From(Bytes(32, 3)))], "hi");
        string fields = "9a01a86465766e65742d31c414" + Repeat("01", 20) + "0305cd03e807ce6553f100"
            + "91950101c414" + Repeat("02", 20) + "cd012cc420" + Repeat("03", 32) + "a26869";
        Assert.Equal(fields, Hex.Lower(body.Encode()));

        PublicKey key = TestKeys.PublicOf("alice");
        Signature signature = Signature.From(Bytes(64, 4));
        SignedTransaction transaction = SignedTransaction.Create(body, key, signature);
        string envelope = "94c46e" + fields + "01c420" + Hex.Lower(key.Span) + "c440" + Repeat("04", 64);
        Assert.Equal(envelope, Hex.Lower(transaction.Bytes));
        Assert.Equal(Sha256.Hash(transaction.Bytes), transaction.Id);
        Assert.Equal("chain/transaction/1", System.Text.Encoding.UTF8.GetString(transaction.SignBytes.AsSpan(0, 19)));
        Assert.Equal(fields, Hex.Lower(transaction.SignBytes.AsSpan(19)));
        Assert.Equal((ulong)transaction.Bytes.Length + 100, transaction.Work);
    }

    [Fact]
    public void Body_for_a_granter_is_version_two_with_one_field_more()
    {
        TransactionBody body = new(
            "devnet-1", Address.From(Bytes(20, 1)), 3, 5, 1000, 7, 1_700_000_000,
            [new Transfer(Address.From(Bytes(20, 2)), 300, Hash256.From(Bytes(32, 3)))], "hi")
        {
            Granter = Address.From(Bytes(20, 9)),
        };
        string fields = "9b02a86465766e65742d31c414" + Repeat("01", 20) + "c414" + Repeat("09", 20) + "0305cd03e807ce6553f100"
            + "91950101c414" + Repeat("02", 20) + "cd012cc420" + Repeat("03", 32) + "a26869";
        Assert.Equal(fields, Hex.Lower(body.Encode()));
        Assert.True(TransactionBody.TryDecode(body.Encode(), out TransactionBody decoded, out _));
        Assert.Equal(body.Granter, decoded.Granter);
        byte[] three = body.Encode();
        three[1] = 3;
        Assert.False(TransactionBody.TryDecode(three, out _, out DecodeError unknown));
        Assert.Equal(DecodeCode.Unknown, unknown.Code);
        byte[] one = body.Encode();
        one[1] = 1;
        Assert.False(TransactionBody.TryDecode(one, out _, out DecodeError arity));
        Assert.Equal(DecodeCode.WrongArity, arity.Code);
    }

    [Fact]
    public void Whatever_is_signed_decodes_to_the_same_and_verifies()
    {
        PropertyCheck.Holds(Signed, transaction =>
            SignedTransaction.TryDecode(transaction.Bytes, out SignedTransaction decoded, out _)
            && decoded.Body.Encode().AsSpan().SequenceEqual(transaction.Body.Encode())
            && decoded.Id == transaction.Id
            && decoded.Work == transaction.Work
            && decoded.HasValidSignature());
    }

    [Fact]
    public void Any_bytes_never_throw()
    {
        PropertyCheck.Holds(
            Gen.Choose(0, 255).ArrayOf().Select(values => Array.ConvertAll(values, value => (byte)value)),
            bytes => !SignedTransaction.TryDecode(bytes, out _, out DecodeError error) && error.IsError);
    }

    [Fact]
    public void Lengths_beyond_the_limits_are_refused()
    {
        TransactionBody body = Sign("alice", [new Transfer(default, 1, default)], 0, 0, "").Body;
        Assert.Equal(DecodeCode.OutOfRange, Refusal(body with { Lane = 16 }));
        Assert.Equal(DecodeCode.OutOfRange, Refusal(body with { Memo = new string('m', 129) }));
        Assert.Equal(DecodeCode.OutOfRange, Refusal(body with { Messages = [] }));
        Message[] many = new Message[17];
        Array.Fill(many, body.Messages[0]);
        Assert.Equal(DecodeCode.OutOfRange, Refusal(body with { Messages = many }));
        Assert.Equal(DecodeCode.OutOfRange, Refusal(body with { ChainId = new string('c', 51) }));
    }

    [Fact]
    public void Another_version_of_any_kind_is_refused()
    {
        for (int kind = 0; kind <= byte.MaxValue; kind++)
        {
            if (KindTable.Find((MessageKind)kind, 1) is not { } entry) continue;
            byte unknown = 2;
            while (KindTable.Find((MessageKind)kind, unknown) is not null) unknown++;
            MessagePackWriter writer = new();
            writer.Array(entry.FieldCount + 2).UInt((ulong)kind).UInt(unknown);
            for (int field = 0; field < entry.FieldCount; field++) writer.Nil();
            MessagePackReader reader = new(writer.Written);
            Assert.Null(KindTable.Read(ref reader));
            Assert.Equal(DecodeCode.Unknown, reader.Error.Code);
            Assert.True(entry.Weight > 0 || entry.ExtraWork is not null, "no kind is free");
        }
    }

    private static DecodeCode Refusal(TransactionBody body)
    {
        Assert.False(TransactionBody.TryDecode(body.Encode(), out _, out DecodeError error));
        return error.Code;
    }

    private static SignedTransaction Sign(string name, List<Message> messages, byte lane, ulong sequence, string memo, string? granter = null)
    {
        using PrivateKey key = TestKeys.Of(name);
        return SignedTransaction.Sign(
            new TransactionBody("devnet-1", key.PublicKey.Address, lane, sequence, 5, 6, 7, messages, memo)
            {
                Granter = granter is null ? null : TestKeys.AddressOf(granter),
            },
            key);
    }

    private static byte[] Bytes(int count, byte value)
    {
        byte[] bytes = new byte[count];
        Array.Fill(bytes, value);
        return bytes;
    }

    private static string Repeat(string text, int count) => string.Concat(System.Linq.Enumerable.Repeat(text, count));
}
