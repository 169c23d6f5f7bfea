using System;
using System.Text.Json;
using System.Threading.Tasks;
using Chain.Node.Rpc;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Node.Tests.Rpc;

/// <summary>The chain: block 2 holds [1,2,3] and [4,5,6,7]; each transaction tells transfer.recipient and transfer.amount, its length.</summary>
public sealed class RpcSearchTests
{
    [Theory]
    [InlineData("tx.height=2", 2)]
    [InlineData("tx.height = 2 AND transfer.amount='3'", 1)]
    [InlineData("tx.height>1 AND tx.height<=3", 2)]
    [InlineData("tx.height>=3", 0)]
    [InlineData("transfer.amount>3", 1)]
    [InlineData("transfer.amount<3", 0)]
    [InlineData("transfer.recipient CONTAINS 'body'", 2)]
    [InlineData("transfer.recipient EXISTS AND tx.height<99", 2)]
    [InlineData("transfer.sender EXISTS", 0)]
    [InlineData("tx.height>99999999999999999999999", 0)]
    public async Task Tx_search_finds_what_the_conditions_say(string query, int count)
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        JsonElement found = await fixture.ResultAsync("tx_search", $$"""{"query":"{{query}}","prove":true}""");
        Assert.Equal(count.ToString(System.Globalization.CultureInfo.InvariantCulture), found.GetProperty("total_count").GetString());
        Assert.Equal(count, found.GetProperty("txs").GetArrayLength());
        if (count > 0) FieldContract.Check("tx_search", found);
    }

    [Fact]
    public async Task Tx_search_by_hash_is_what_tx_answers()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        byte[] hash = Sha256.Hash([4, 5, 6, 7]).ToArray();
        JsonElement one = await fixture.ResultAsync("tx", $$"""{"hash":"{{Convert.ToBase64String(hash)}}"}""");
        JsonElement found = await fixture.ResultAsync("tx_search", $$"""{"query":"tx.hash='{{Hex.Upper(hash)}}'"}""");
        Assert.Equal(one.GetRawText(), Assert.Single(found.GetProperty("txs").EnumerateArray()).GetRawText());
    }

    [Fact]
    public async Task Tx_search_pages_and_orders()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        JsonElement page = await fixture.ResultAsync(
            "tx_search", """{"query":"tx.height>0","page":"1","per_page":"1","order_by":"desc"}""");
        Assert.Equal("2", page.GetProperty("total_count").GetString());
        Assert.Equal(1, Assert.Single(page.GetProperty("txs").EnumerateArray()).GetProperty("index").GetInt32());
        (_, string why) = await fixture.ErrorAsync("tx_search", """{"query":"tx.height>0","order_by":"upwards"}""");
        Assert.Contains("order_by", why, StringComparison.Ordinal);
        (_, why) = await fixture.ErrorAsync("tx_search", """{"query":"tx.height>0","page":"3","per_page":"1"}""");
        Assert.Equal("page should be within [1, 2] range, given 3", why);
    }

    [Theory]
    [InlineData("block.height=2", 1)]
    [InlineData("block.height>1", 2)]
    [InlineData("block.height EXISTS", 3)]
    public async Task Block_search_finds_heights(string query, int count)
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        JsonElement found = await fixture.ResultAsync("block_search", $$"""{"query":"{{query}}"}""");
        Assert.Equal(count, found.GetProperty("blocks").GetArrayLength());
        // A stock client cannot read block 1 with its empty last_block_id, in CometBFT neither.
        if (count < 3) FieldContract.Check("block_search", found);
        string first = found.GetProperty("blocks")[0].GetProperty("block").GetProperty("header").GetProperty("height").GetString()!;
        Assert.Equal(query.Contains("=2", StringComparison.Ordinal) ? "2" : "3", first);
    }

    [Fact]
    public async Task Search_past_its_bounds_says_how_to_narrow_it()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(options: new RpcOptions { SearchHeightsMax = 2, SearchTransactionsMax = 1 });
        (_, string why) = await fixture.ErrorAsync("tx_search", """{"query":"transfer.amount='3'"}""");
        Assert.Contains("more than 2 heights: narrow it", why, StringComparison.Ordinal);
        (_, why) = await fixture.ErrorAsync("tx_search", """{"query":"transfer.amount='3' AND tx.height=2"}""");
        Assert.Contains("more than 1 transactions", why, StringComparison.Ordinal);
        (_, why) = await fixture.ErrorAsync("block_search", """{"query":"block.height>0"}""");
        Assert.Contains("more than 2 heights", why, StringComparison.Ordinal);
        Assert.Equal("0", (await fixture.ResultAsync("tx_search", """{"query":"tx.height>2"}""")).GetProperty("total_count").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("tx.height")]
    [InlineData("tx.height>'5'")]
    [InlineData("tx.height=5 OR tx.height=6")]
    [InlineData("tx.height=5 AND")]
    [InlineData("AND")]
    [InlineData("tx.hash='12'")]
    [InlineData("tx.time>TIME 2027-01-01T00:00:00Z")]
    public async Task Search_with_a_bad_query_is_refused(string query)
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        (int code, _) = await fixture.ErrorAsync("tx_search", $$"""{"query":"{{query}}"}""");
        Assert.Equal(-32603, code);
    }

    [Fact]
    public async Task Consensus_state_before_the_first_height_is_an_error()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        Assert.Equal("consensus has not begun", (await fixture.ErrorAsync("consensus_state")).Data);
    }
}
