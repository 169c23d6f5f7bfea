using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;

namespace Chain.Primitives.Tests.Blocks;

public sealed class HeaderTests
{
    /// <summary>TestHeaderHash of CometBFT.</summary>
    [Fact]
    public void Hash_is_the_one_of_cometbft()
    {
        Assert.Equal("F740121F553B5418C3EFBD343C2DBFE9E007BB67B0D020A0741374BAB65242A4", Golden().Hash().ToString());
    }

    [Fact]
    public void Protobuf_has_all_fourteen_fields_in_order()
    {
        ProtoReader reader = new(Golden().ToProto());
        for (int field = 1; field <= 14; field++)
        {
            Assert.True(reader.Next());
            Assert.Equal(field, reader.Field);
        }
        Assert.False(reader.Next());
        Assert.True(reader.IsOk);
    }

    /// <summary>TestMaxHeaderBytes counts 626 with a chain id of 200 bytes; ours has 50 at most, and its length one byte less.</summary>
    [Fact]
    public void Header_at_its_largest_has_the_bytes_of_cometbft()
    {
        Header largest = Golden() with
        {
            VersionBlock = long.MaxValue,
            VersionApp = long.MaxValue,
            ChainId = new string('c', Limits.ChainIdBytesMax),
            Height = new Height(long.MaxValue),
            Time = new Timestamp(-1, 999_999_999),
            LastBlockId = new BlockId(default, new PartSetHeader(int.MaxValue, default)),
        };
        Assert.Equal(626 - 151, largest.ToProto().Length);
    }

    [Fact]
    public void First_header_names_no_block_before_it()
    {
        Assert.Equal("1200", Hex.Lower(BlockId.Nil.ToProto()));
        Assert.Equal("", Hex.Lower(default(PartSetHeader).ToProto()));
    }

    internal static Header Golden() => new()
    {
        VersionBlock = 1,
        VersionApp = 2,
        ChainId = "chainId",
        Height = new Height(3),
        Time = new Timestamp(1_570_983_284, 0), // 2019-10-13T16:14:44Z
        LastBlockId = new BlockId(default, new PartSetHeader(6, default)),
        LastCommitHash = Samples.Sum("last_commit_hash"),
        DataHash = Samples.Sum("data_hash"),
        ValidatorsHash = Samples.Sum("validators_hash"),
        NextValidatorsHash = Samples.Sum("next_validators_hash"),
        ConsensusHash = Samples.Sum("consensus_hash"),
        AppHash = Samples.Sum("app_hash"),
        LastResultsHash = Samples.Sum("last_results_hash"),
        EvidenceHash = Samples.Sum("evidence_hash"),
        ProposerAddress = Samples.AddressOf("proposer_address"),
    };
}
