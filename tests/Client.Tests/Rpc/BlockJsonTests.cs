using System.Text.Json.Nodes;
using Chain.Client.Errors;
using Chain.Client.Rpc;
using Chain.Client.Tests.Light;
using Chain.Primitives.Blocks;

namespace Chain.Client.Tests.Rpc;

public sealed class BlockJsonTests
{
    [Fact]
    public void Header_and_commit_in_comet_json_are_read_as_they_were()
    {
        ProvenState state = new();
        Assert.Equal(state.Header, BlockJson.Header(CometJson.Element(CometJson.Header(state.Header))));
        Commit read = BlockJson.Commit(CometJson.Element(CometJson.Commit(state.Commit)));
        Assert.Equal(state.Commit.Signatures, read.Signatures);
        Assert.Equal(state.Commit with { Signatures = read.Signatures }, read);
    }

    [Theory]
    [InlineData("height", "x")]
    [InlineData("time", "yesterday")]
    [InlineData("app_hash", "00")]
    [InlineData("proposer_address", "00")]
    [InlineData("chain_id", null)]
    public void Header_with_a_bad_field_is_refused_by_name(string field, string? value)
    {
        JsonObject json = CometJson.Header(new ProvenState().Header);
        json[field] = value;
        ClientException failure = Assert.Throws<ClientException>(() => BlockJson.Header(CometJson.Element(json)));
        Assert.Equal(ClientErrorCode.BadAnswer, failure.Error.Code);
        Assert.Contains(field, failure.Error.Why, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("block_id_flag", 7)]
    [InlineData("block_id_flag", -1)]
    [InlineData("block_id_flag", 400)]
    public void Commit_with_an_unknown_flag_is_refused(string field, int value)
    {
        JsonObject json = CometJson.Commit(new ProvenState().Commit);
        json["signatures"]![0]![field] = value;
        Assert.Throws<ClientException>(() => BlockJson.Commit(CometJson.Element(json)));
    }

    [Fact]
    public void Validator_keeps_the_address_of_its_key_whatever_the_field_says()
    {
        Validator validator = new ProvenState().Validators.Validators[0];
        JsonObject json = CometJson.Validator(validator);
        json["address"] = new string('0', 40);
        Assert.Equal(validator.Address, BlockJson.Validator(CometJson.Element(json)).Address);
    }
}
