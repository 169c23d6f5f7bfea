using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.Primitives.Merkle;

namespace Chain.Primitives.Tests.Blocks;

public sealed class BlockDataTests
{
    /// <summary>The vote inside CometBFT's TestEvidenceVectors, whose signature is empty; ours always has 64 bytes.</summary>
    private const string UnsignedVote =
        "080210031802224a0a208b01023386c371778ecb6368573e539afc3cc860ec3a2f614e54fe5652f4fc80122608c0843d122072db3d959635dff1"
        + "bb567bedaa70573392c5159666a3f8caf11e413aac52207a2a0b08b1d381d20510809dca6f32146af1f4111082efb388211bc72c55bcd61e9ac3d5"
        + "38d5bb03";

    private static readonly Vote Example = new(
        VoteType.Precommit,
        new Height(3),
        new Round(2),
        Samples.ExampleBlockId,
        new Timestamp(1_514_170_801, 234_000_000), // 2017-12-25T03:00:01.234Z
        Samples.AddressOf("validator_address"),
        56789,
        default);

    [Fact]
    public void Vote_has_the_protobuf_of_cometbft()
    {
        Assert.Equal(UnsignedVote + "4240" + new string('0', 128), Hex.Lower(Example.ToProto()));
    }

    [Fact]
    public void Evidence_wraps_its_votes_and_powers()
    {
        Vote other = Example with { BlockId = BlockId.Nil };
        DuplicateVoteEvidence evidence = new(other, Example, 10, 10, new Timestamp(1_546_300_800, 0));
        string expected = Hex.Lower(new ProtoWriter().Message(1, other.ToProto()).Message(2, Example.ToProto()).Written)
            + "180a200a2a060880dbaae105"; // the tail of TestEvidenceVectors
        Assert.Equal(expected, Hex.Lower(evidence.ToProto()));
        Assert.Equal(Sha256.Hash(evidence.ToProto()), evidence.Hash());
        Assert.Equal(MerkleTree.LeafHash(evidence.ToProto()), Block.EvidenceHash([evidence]));
    }

    [Fact]
    public void Block_ids_order_by_hash_then_parts_with_nil_first()
    {
        BlockId low = new(Hash256.From([1, .. new byte[31]]), new PartSetHeader(1, Samples.Sum("a")));
        BlockId high = new(Hash256.From([2, .. new byte[31]]), new PartSetHeader(1, Samples.Sum("a")));
        BlockId moreParts = low with { Parts = low.Parts with { Total = 2 } };
        Assert.True(BlockId.Nil < low && low < high && low < moreParts && moreParts < high);
        Assert.True(low >= BlockId.Nil && high > low && low <= moreParts);
        Assert.Equal(0, low.CompareTo(low));
        Assert.Equal(0, BlockId.Nil.CompareTo(BlockId.Nil));
    }

    [Fact]
    public void Absent_entry_of_a_commit_has_flag_and_zero_time_alone()
    {
        Assert.Equal("08011a0b088092b8c398feffffff01", Hex.Lower(CommitSig.Absent.ToProto()));
        Assert.Equal(Sha256.OfNothing, Commit.Empty.Hash());
        Assert.Throws<InvariantException>(() => new Commit(new Height(1), Round.Zero, BlockId.Nil, [CommitSig.Absent]).SignBytesOf(0, "c"));
    }

    /// <summary>MaxCommitSigBytes = 109 and MaxCommitBytes(n) = 94 + 111 n of TestMaxCommitBytes: times before 1970 are the longest.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public void Commit_at_its_largest_has_the_bytes_of_cometbft(int count)
    {
        CommitSig sig = new(BlockIdFlag.Nil, Samples.AddressOf("validator_address"), new Timestamp(-1, 999_999_999), default);
        Assert.Equal(109, sig.ToProto().Length);
        BlockId id = Samples.ExampleBlockId with { Parts = new PartSetHeader(int.MaxValue, Samples.Sum("blockID_part_set_header_hash")) };
        Commit commit = new(new Height(long.MaxValue), new Round(int.MaxValue), id, [.. Enumerable.Repeat(sig, count)]);
        Assert.Equal(94 + (111 * count), commit.ToProto().Length);
    }

    [Fact]
    public void Nil_entry_of_a_commit_signs_no_block()
    {
        CommitSig sig = new(BlockIdFlag.Nil, Samples.AddressOf("a"), new Timestamp(5, 6), default);
        Commit commit = new(new Height(4), new Round(1), Samples.ExampleBlockId, [sig]);
        byte[] expected = SignBytes.Vote("c", VoteType.Precommit, new Height(4), new Round(1), BlockId.Nil, new Timestamp(5, 6));
        Assert.Equal(expected, commit.SignBytesOf(0, "c"));
    }

    [Fact]
    public void Transactions_are_hashed_twice_in_the_data_hash()
    {
        byte[] transaction = "a transaction"u8.ToArray();
        Assert.Equal(MerkleTree.LeafHash(Sha256.Hash(transaction).Span), Block.DataHash([transaction]));
        Assert.Equal(Sha256.OfNothing, Block.DataHash([]));
    }

    /// <summary>6E34… is what a CometBFT chain shows after a block with one plain success.</summary>
    [Fact]
    public void Results_hash_covers_code_data_and_gas()
    {
        DeterministicResult plain = default;
        Assert.Equal("6E340B9CFFB37A989CA544E6BB780A2C78901D3FB33738768511A30617AFA01D", DeterministicResult.HashOf([plain]).ToString());
        DeterministicResult full = new(300, "root"u8.ToArray(), 1000, 5);
        Assert.Equal("08ac02" + "1204726f6f74" + "28e807" + "3005", Hex.Lower(full.ToProto()));
        Assert.Equal(
            MerkleTree.Root(new List<byte[]> { plain.ToProto(), full.ToProto() }), DeterministicResult.HashOf([plain, full]));
    }

    /// <summary>The hash of CometBFT's default parameters, which stands in the headers of most test networks.</summary>
    [Fact]
    public void Consensus_hash_covers_block_bytes_and_gas()
    {
        Assert.Equal(
            "048091BC7DDC283F77BFBF91D73C44DA58C3DF8A9CBC867405D8B7F3DAADA22F",
            new ConsensusParams(22_020_096, -1).Hash().ToString());
        Assert.NotEqual(new ConsensusParams(1, 2).Hash(), new ConsensusParams(2, 1).Hash());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(65_536, 1)]
    [InlineData(65_537, 2)]
    [InlineData(200_000, 4)]
    public void Block_is_cut_into_parts_of_64_KiB(int length, int parts)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = unchecked((byte)(i / 65_536 + i));
        List<byte[]> pieces = [];
        for (int start = 0; start < length; start += 65_536) pieces.Add(bytes[start..Math.Min(length, start + 65_536)]);
        Assert.Equal(parts, PartSet.CountOf(length));
        Assert.Equal(new PartSetHeader((uint)parts, MerkleTree.Root(pieces)), PartSet.HeaderOf(bytes));
    }
}
