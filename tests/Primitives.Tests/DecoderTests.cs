using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.Primitives.Tests.Blocks;
using Chain.Tests.Shared;

namespace Chain.Primitives.Tests;

public sealed class DecoderTests
{
    private static readonly DecoderSuite Suite = new(
        typeof(Block).Assembly,
        DecoderCase.Canonical<Block>(Block.TryDecode, block => block.Encode(), Blocks()),
        DecoderCase.Text<Timestamp>(
            Timestamp.TryParse, time => time.ToString(), "2017-12-25T03:00:01.234Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"),
        DecoderCase.Text<Hash256>(Hash256.TryParse, hash => hash.ToString(), Samples.Sum("a").ToString(), Hex.Lower(Samples.Sum("b").Span)),
        DecoderCase.Text<Address>(Address.TryParse, address => address.ToString(), Samples.AddressOf("a").ToString(), Samples.AddressOf("b").ToHex()),
        new DecoderCase
        {
            Name = "Bech32.TryDecode",
            Samples = DecoderCase.BytesOf(Bech32.Encode("chain", new byte[20]), Samples.AddressOf("a").ToString(), Samples.AddressOf("b").ToString().ToUpperInvariant()),
            Accepts = bytes =>
            {
                byte[] data = new byte[20];
                string text = DecoderCase.TextOf(bytes);
                if (!Bech32.TryDecode("chain", text, data)) return false;
                Assert.Equal(text.ToLowerInvariant(), Bech32.Encode("chain", data));
                return true;
            },
        },
        new DecoderCase
        {
            Name = "Hex.TryDecode",
            Samples = DecoderCase.BytesOf("00ff10Aa", "0123456789abcdefABCDEF"),
            Accepts = bytes =>
            {
                string text = DecoderCase.TextOf(bytes);
                if (!Hex.TryDecode(text, out byte[] data)) return false;
                Assert.Equal(text.ToUpperInvariant(), Hex.Upper(data));
                return true;
            },
        },
        new DecoderCase
        {
            // Sealed ones are judged up to the passphrase: deriving a key from it is dear by intent.
            Name = "KeyDocument.TryDecode",
            Samples = DecoderCase.BytesOf(KeyOf("a"), KeyOf("b")),
            Accepts = bytes =>
            {
                string text = DecoderCase.TextOf(bytes);
                if (!KeyDocument.TryDecode(text, null, out PrivateKey? key, out string error))
                {
                    Assert.NotEmpty(error);
                    return false;
                }
                using (key) Assert.True(KeyDocument.TryReadPublicKey(text, out PublicKey shown, out _, out _) && shown == key.PublicKey);
                return true;
            },
        },
        new DecoderCase
        {
            Name = "KeyDocument.TryReadPublicKey",
            Samples = DecoderCase.BytesOf(KeyOf("a"), KeyOf("b", "a passphrase")),
            Accepts = bytes =>
            {
                string text = DecoderCase.TextOf(bytes);
                bool isRead = KeyDocument.TryReadPublicKey(text, out _, out bool isSealed, out string error);
                if (!isRead) Assert.NotEmpty(error);
                if (isSealed) Assert.False(KeyDocument.TryDecode(text, null, out _, out _));
                return isRead;
            },
        });

    public static IEnumerable<TheoryDataRow<string>> Decoders => Suite.Rows;

    [Fact]
    public void Every_decoder_has_samples() => Suite.CoversEveryDecoder();

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Mutated_bytes_never_throw_and_what_is_accepted_is_canonical(string decoder) => Suite.Run(decoder);

    private static byte[][] Blocks()
    {
        BlockId id = Samples.ExampleBlockId;
        CommitSig signed = new(BlockIdFlag.Commit, Samples.AddressOf("a"), new Timestamp(5, 6), Signature.From(new byte[64]));
        Commit commit = new(new Height(300), new Round(1), id, [signed, CommitSig.Absent, signed with { Flag = BlockIdFlag.Nil }]);
        Vote vote = new(VoteType.Precommit, new Height(3), new Round(2), id, new Timestamp(7, 0), Samples.AddressOf("a"), 130, default);
        DuplicateVoteEvidence evidence = new(vote with { BlockId = BlockId.Nil }, vote, 10, 300, new Timestamp(1_546_300_800, 999));
        Header header = HeaderTests.Golden() with { LastBlockId = id };
        return
        [
            new Block(header, [], [], Commit.Empty).Encode(),
            new Block(header with { LastBlockId = BlockId.Nil }, [[], [1], new byte[300]], [], commit).Encode(),
            new Block(header, ["a transaction"u8.ToArray()], [evidence, evidence], commit).Encode(),
        ];
    }

    private static string KeyOf(string name, string? passphrase = null)
    {
        using PrivateKey key = PrivateKey.FromSeed(Samples.Sum(name).Span);
        return KeyDocument.Encode(key, passphrase, new byte[KeyDocument.RandomBytes]);
    }
}
