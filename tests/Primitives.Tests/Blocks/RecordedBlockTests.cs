using System;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.Primitives.Tests.Blocks;

/// <summary>
/// Block 10 of a CometBFT v0.38 network, as the RPC fixtures of tendermint-rs recorded it: its hashes, its parts and the
/// signatures over it and over the block before.
/// </summary>
public sealed class RecordedBlockTests
{
    private const string ChainId = "dockerchain";
    private const string EmptyHash = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855";

    private static readonly PublicKey Key =
        PublicKey.From(Convert.FromBase64String("bNNlGls5R25wC3Sd8720F/3+7IZBhXcD22MNFtPk/v0="));

    private static readonly Commit LastCommit = CommitOf(
        9,
        "678A83FB0422D053A3792154703122861DD68ABB8247A4FF2945DF832DB18FC8",
        "29FE32F6B57D8439C9E9F6240B436DD560646FDA8C8C105E2C261B6F4746E89C",
        "2023-05-17T14:12:53.088875124Z",
        "BMy5pB3a9xeEnuBkja/a6GUvP1guZ2lMQtZYvdrl8s0ri1/LaF0JuI9rOsy1biVTv+TDKzlBXTZ5gdgiq0uCAg==");

    private static readonly Commit OwnCommit = CommitOf(
        10,
        "00ECDAC463C201ECD4BDBBAAE4A53A4C80291D4051FD69ED97F6420CE1388BFE",
        "FF0A320E696FD233DD4D3CC7CD82FF90F54B8FDBC9C700D9375C95A02782B062",
        "2023-05-17T14:12:53.605374524Z",
        "5y0Kas3bSrgVYG/QKwWovMpTBfavZfy/A8DXkQHzFHVMjOcVk2TK6xhYQasfiodordg1bjDf7NDwNi/YdilaAw==");

    [Fact]
    public void Commit_signatures_verify()
    {
        foreach (Commit commit in new[] { LastCommit, OwnCommit })
        {
            Signature signature = commit.Signatures[0].Signature;
            Assert.True(Ed25519.Verify(Key, commit.SignBytesOf(0, ChainId), signature));
            Assert.False(Ed25519.Verify(Key, commit.SignBytesOf(0, ChainId + "x"), signature));
            Assert.False(Ed25519.Verify(Key, (commit with { Round = new Round(1) }).SignBytesOf(0, ChainId), signature));
        }
    }

    [Fact]
    public void Hashes_in_the_header_are_recomputed()
    {
        Header header = Recorded();
        Assert.Equal(header.LastCommitHash, LastCommit.Hash());
        Assert.Equal(header.ConsensusHash, new ConsensusParams(22_020_096, -1).Hash());
        Assert.Equal(header.DataHash, Block.DataHash([]));
        Assert.Equal(header.EvidenceHash, Block.EvidenceHash([]));
        Assert.Equal(header.LastResultsHash, DeterministicResult.HashOf([]));
        Assert.True(ValidatorSet.TryCreate([new ValidatorUpdate(Key, 10)], out ValidatorSet set, out _));
        Assert.Equal(header.ValidatorsHash, set.Hash());
    }

    /// <summary>Its app hash has 8 bytes, which ours never has, so that field is put into the encoding by hand.</summary>
    [Fact]
    public void Encoded_block_has_the_recorded_part_set()
    {
        Header header = Recorded();
        byte[] ours = header.ToProto();
        byte[] appHashField = new ProtoWriter().Bytes(11, header.AppHash.Span).ToArray();
        int place = ours.AsSpan().IndexOf(appHashField);
        byte[] theirs = [.. ours[..place], .. new ProtoWriter().Bytes(11, new byte[8]).Written, .. ours[(place + appHashField.Length)..]];

        byte[] block = new Block(header, [], [], LastCommit).ToProto();
        int headerFieldLength = new ProtoWriter().Message(1, ours).Written.Length;
        byte[] encoded = [.. new ProtoWriter().Message(1, theirs).Written, .. block[headerFieldLength..]];

        Assert.Equal(OwnCommit.BlockId.Parts, PartSet.HeaderOf(encoded));
    }

    private static Header Recorded() => new()
    {
        VersionApp = 1,
        ChainId = ChainId,
        Height = new Height(10),
        Time = TimeOf("2023-05-17T14:12:53.088875124Z"),
        LastBlockId = LastCommit.BlockId,
        LastCommitHash = HashOf("A3AD467820428D99FD53BFCF38CDC1EB141DD27E3B5F0F3931BBE91FBA8B097D"),
        DataHash = HashOf(EmptyHash),
        ValidatorsHash = HashOf("33415EFFCEDA5BD0A3A443A727457D9F7B9E38389BF27A936FEDF749A7B7566E"),
        NextValidatorsHash = HashOf("33415EFFCEDA5BD0A3A443A727457D9F7B9E38389BF27A936FEDF749A7B7566E"),
        ConsensusHash = HashOf("048091BC7DDC283F77BFBF91D73C44DA58C3DF8A9CBC867405D8B7F3DAADA22F"),
        AppHash = Samples.Sum("stands for the eight zero bytes"),
        LastResultsHash = HashOf(EmptyHash),
        EvidenceHash = HashOf(EmptyHash),
        ProposerAddress = Key.Address,
    };

    private static Commit CommitOf(long height, string hash, string parts, string time, string signature)
    {
        BlockId id = new(HashOf(hash), new PartSetHeader(1, HashOf(parts)));
        Signature signed = Signature.From(Convert.FromBase64String(signature));
        return new Commit(
            new Height(height), Round.Zero, id, [new CommitSig(BlockIdFlag.Commit, Key.Address, TimeOf(time), signed)]);
    }

    private static Hash256 HashOf(string hex) => Hash256.From(Convert.FromHexString(hex));

    private static Timestamp TimeOf(string text)
    {
        Assert.True(Timestamp.TryParse(text, out Timestamp time));
        Assert.Equal(text, time.ToString());
        return time;
    }
}
