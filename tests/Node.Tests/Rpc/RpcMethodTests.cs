using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading.Tasks;
using Chain.Node.Rpc;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.Primitives.Merkle;

namespace Chain.Node.Tests.Rpc;

public sealed class RpcMethodTests
{
    private static readonly byte[] FirstTransaction = [1, 2, 3];

    [Fact]
    public async Task Every_answer_has_the_fields_that_a_stock_client_reads()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        string hash = Convert.ToBase64String(Sha256.Hash(FirstTransaction).Span);
        (string Section, string Parameters)[] calls =
        [
            ("status", "{}"),
            ("abci_info", "{}"),
            ("abci_query", """{"path":"/store/meta/key","data":"01","prove":true}"""),
            ("block", """{"height":"2"}"""),
            ("block", "{}"),
            ("block_results", """{"height":"2"}"""),
            ("block_results", "{}"),
            ("blockchain", """{"minHeight":"2","maxHeight":"3"}"""),
            ("broadcast_tx_sync", """{"tx":"BQ=="}"""),
            ("commit", """{"height":"2"}"""),
            ("commit", "{}"),
            ("genesis", "{}"),
            ("num_unconfirmed_txs", "{}"),
            ("tx", $$"""{"hash":"{{hash}}","prove":true}"""),
            ("tx", $$"""{"hash":"{{hash}}"}"""),
            ("validators", """{"height":"2"}"""),
        ];
        foreach ((string section, string parameters) in calls)
        {
            FieldContract.Check(section, await fixture.ResultAsync(section, parameters));
        }
    }

    [Fact]
    public async Task Contract_notices_what_is_missing_or_mistyped()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        string status = (await fixture.ResultAsync("status")).GetRawText();
        string[] broken =
        [
            status.Replace("catching_up", "catching", StringComparison.Ordinal),
            status.Replace("\"voting_power\":\"100\"", "\"voting_power\":100", StringComparison.Ordinal),
            status.Replace("\"moniker\":\"test\"", "\"moniker\":\"\"", StringComparison.Ordinal),
        ];
        foreach (string text in broken)
        {
            using JsonDocument document = JsonDocument.Parse(text);
            Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => FieldContract.Check("status", document.RootElement));
        }
    }

    [Fact]
    public async Task Status_tells_node_chain_and_validator()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        JsonElement status = await fixture.ResultAsync("status");
        JsonElement node = status.GetProperty("node_info");
        Assert.StartsWith("0.38.", node.GetProperty("version").GetString(), StringComparison.Ordinal);
        Assert.Equal("0.1.0", node.GetProperty("other").GetProperty("chain_version").GetString());
        Assert.Equal($"tcp://{fixture.Url.Authority}", node.GetProperty("other").GetProperty("rpc_address").GetString());
        JsonElement sync = status.GetProperty("sync_info");
        Assert.Equal("3", sync.GetProperty("latest_block_height").GetString());
        Assert.Equal("1", sync.GetProperty("earliest_block_height").GetString());
        Assert.Equal(fixture.Chain.Last!.Id.Hash.ToString(), sync.GetProperty("latest_block_hash").GetString());
        Assert.Equal("2027-01-15T08:00:03.123456Z", sync.GetProperty("latest_block_time").GetString());
        Assert.Equal("100", status.GetProperty("validator_info").GetProperty("voting_power").GetString());
    }

    [Fact]
    public async Task Chain_without_blocks_still_answers()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        JsonElement status = await fixture.ResultAsync("status");
        Assert.Equal("0", status.GetProperty("sync_info").GetProperty("latest_block_height").GetString());
        Assert.Equal(JsonValueKind.Null, (await fixture.ResultAsync("block")).GetProperty("block").ValueKind);
        Assert.Equal(-32603, (await fixture.ErrorAsync("commit")).Code);
        Assert.Equal(-32603, (await fixture.ErrorAsync("block", """{"height":"1"}""")).Code);
    }

    [Fact]
    public async Task First_block_has_the_forms_of_a_first_block()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        JsonElement block = (await fixture.ResultAsync("block", """{"height":"1"}""")).GetProperty("block");
        Assert.Equal("""{"hash":"","parts":{"total":0,"hash":""}}""", block.GetProperty("header").GetProperty("last_block_id").GetRawText());
        Assert.Equal(
            """{"height":"0","round":0,"block_id":{"hash":"","parts":{"total":0,"hash":""}},"signatures":[]}""",
            block.GetProperty("last_commit").GetRawText());
    }

    [Fact]
    public async Task Header_and_commit_in_json_carry_what_a_light_client_verifies()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        JsonElement result = await fixture.ResultAsync("commit", """{"height":"2"}""");
        Assert.True(result.GetProperty("canonical").GetBoolean());
        StoredBlock stored = new BlockStore(fixture.Chain.Store).Load(new Height(2))!;
        JsonElement commit = result.GetProperty("signed_header").GetProperty("commit");
        Assert.Equal(stored.Block.Header.Hash().ToString(), commit.GetProperty("block_id").GetProperty("hash").GetString());
        Assert.Equal(JsonValueKind.Number, commit.GetProperty("round").ValueKind);
        JsonElement signatures = commit.GetProperty("signatures");
        Assert.Equal(4, signatures.GetArrayLength());
        Assert.Equal(
            """{"block_id_flag":1,"validator_address":"","timestamp":"0001-01-01T00:00:00Z","signature":null}""",
            signatures[3].GetRawText());
        byte[] signature = signatures[0].GetProperty("signature").GetBytesFromBase64();
        byte[] signed = stored.SeenCommit.SignBytesOf(0, TestChain.ChainId);
        Assert.True(Ed25519.Verify(stored.Validators.Validators[0].PublicKey, signed, Signature.From(signature)));
        Assert.False((await fixture.ResultAsync("commit")).GetProperty("canonical").GetBoolean());
    }

    [Fact]
    public async Task Blocks_are_found_by_hash_in_both_encodings()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        Hash256 hash = fixture.Chain.Last!.Id.Hash;
        foreach (string text in (string[])[Convert.ToBase64String(hash.Span), hash.ToString()])
        {
            JsonElement block = await fixture.ResultAsync("block_by_hash", $$"""{"hash":"{{text}}"}""");
            Assert.Equal("3", block.GetProperty("block").GetProperty("header").GetProperty("height").GetString());
        }
        JsonElement header = await fixture.ResultAsync("header_by_hash", $$"""{"hash":"{{hash}}"}""");
        Assert.Equal("3", header.GetProperty("header").GetProperty("height").GetString());
        JsonElement missing = await fixture.ResultAsync("block_by_hash", """{"hash":"AAAA"}""");
        Assert.Equal(JsonValueKind.Null, missing.GetProperty("block").ValueKind);
        Assert.Equal("3", (await fixture.ResultAsync("header")).GetProperty("header").GetProperty("height").GetString());
    }

    [Fact]
    public async Task Heights_out_of_range_get_the_texts_that_light_clients_match()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        (int code, string data) = await fixture.ErrorAsync("block", """{"height":"10"}""");
        Assert.Equal(-32603, code);
        Assert.Equal("height 10 must be less than or equal to the current blockchain height 3", data);
        Assert.Equal("height must be greater than 0, but got -1", (await fixture.ErrorAsync("commit", """{"height":"-1"}""")).Data);
    }

    [Fact]
    public async Task Blockchain_lists_newest_first_and_at_most_twenty()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 25);
        JsonElement all = await fixture.ResultAsync("blockchain");
        Assert.Equal("25", all.GetProperty("last_height").GetString());
        JsonElement metas = all.GetProperty("block_metas");
        Assert.Equal(20, metas.GetArrayLength());
        Assert.Equal("25", metas[0].GetProperty("header").GetProperty("height").GetString());
        JsonElement some = await fixture.ResultAsync("blockchain", """{"minHeight":"2","maxHeight":"2"}""");
        Assert.Equal("2", some.GetProperty("block_metas")[0].GetProperty("num_txs").GetString());
        (int code, string data) = await fixture.ErrorAsync("blockchain", """{"minHeight":"5","maxHeight":"3"}""");
        Assert.Equal((-32603, "min height 5 can't be greater than max height 3"), (code, data));
    }

    [Fact]
    public async Task Validators_come_in_pages_up_to_the_next_height()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        JsonElement page = await fixture.ResultAsync("validators", """{"page":"2","per_page":"3"}""");
        Assert.Equal("4", page.GetProperty("block_height").GetString());
        Assert.Equal("1", page.GetProperty("count").GetString());
        Assert.Equal("4", page.GetProperty("total").GetString());
        Assert.Equal("97", page.GetProperty("validators")[0].GetProperty("voting_power").GetString());
        Assert.Equal(
            "page should be within [1, 2] range, given 3",
            (await fixture.ErrorAsync("validators", """{"page":3,"per_page":3}""")).Data);
    }

    [Fact]
    public async Task Tx_proof_leads_to_the_data_hash()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        Hash256 id = Sha256.Hash(FirstTransaction);
        JsonElement tx = await fixture.ResultAsync("tx", $$"""{"hash":"{{Convert.ToBase64String(id.Span)}}","prove":true}""");
        Assert.Equal("2", tx.GetProperty("height").GetString());
        Assert.Equal(FirstTransaction, tx.GetProperty("tx").GetBytesFromBase64());
        JsonElement proof = tx.GetProperty("proof");
        List<Hash256> aunts = [];
        foreach (JsonElement aunt in proof.GetProperty("proof").GetProperty("aunts").EnumerateArray())
        {
            aunts.Add(Hash256.From(aunt.GetBytesFromBase64()));
        }
        MerkleProof rebuilt = new(2, 0, Hash256.From(proof.GetProperty("proof").GetProperty("leaf_hash").GetBytesFromBase64()), [.. aunts]);
        Assert.True(Hash256.TryParse(proof.GetProperty("root_hash").GetString(), out Hash256 root));
        Assert.True(rebuilt.Verify(root, id.Span));
        Assert.Equal("tx (FF) not found", (await fixture.ErrorAsync("tx", """{"hash":"/w=="}""")).Data);
    }

    [Fact]
    public async Task Results_show_events_as_plain_text()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        JsonElement results = await fixture.ResultAsync("block_results", """{"height":"2"}""");
        JsonElement first = results.GetProperty("txs_results")[0];
        Assert.Equal("900", first.GetProperty("gas_used").GetString());
        Assert.Equal(
            """{"key":"recipient","value":"somebody","index":true}""",
            first.GetProperty("events")[0].GetProperty("attributes")[0].GetRawText());
        Assert.Equal(JsonValueKind.Null, (await fixture.ResultAsync("block_results")).GetProperty("txs_results").ValueKind);
    }

    [Fact]
    public async Task Failed_transaction_shows_its_code_in_words()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        byte[] transaction = [TestChain.Failing];
        fixture.Chain.Add([transaction]);
        string hash = Convert.ToBase64String(Sha256.Hash(transaction).Span);
        JsonElement result = (await fixture.ResultAsync("tx", $$"""{"hash":"{{hash}}"}""")).GetProperty("tx_result");
        Assert.Equal(101, result.GetProperty("code").GetInt32());
        Assert.Equal("chain", result.GetProperty("codespace").GetString());
        Assert.StartsWith("The sequence number is not the next one. ", result.GetProperty("log").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broadcast_shows_the_verdict_of_the_mempool()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        JsonElement taken = await fixture.ResultAsync("broadcast_tx_sync", """{"tx":"BQY="}""");
        Assert.Equal(0, taken.GetProperty("code").GetInt32());
        Assert.Equal(Sha256.Hash([5, 6]).ToString(), taken.GetProperty("hash").GetString());
        JsonElement refused = await fixture.ResultAsync("broadcast_tx_sync", """{"tx":"AAE="}""");
        Assert.Equal(10, refused.GetProperty("code").GetInt32());
        Assert.Equal("chain", refused.GetProperty("codespace").GetString());
        Assert.Equal(0, (await fixture.ResultAsync("broadcast_tx_async", """{"tx":"AAE="}""")).GetProperty("code").GetInt32());
        Assert.Equal(10, (await fixture.ResultAsync("check_tx", """{"tx":"AAE="}""")).GetProperty("code").GetInt32());
        JsonElement waiting = await fixture.ResultAsync("unconfirmed_txs", """{"limit":"10"}""");
        Assert.Equal("1", waiting.GetProperty("n_txs").GetString());
        Assert.Equal("2", waiting.GetProperty("total_bytes").GetString());
        Assert.Equal("BQY=", waiting.GetProperty("txs")[0].GetString());
    }

    [Fact]
    public async Task Broadcast_commit_waits_for_the_block()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        Task<JsonElement> waiting = fixture.ResultAsync("broadcast_tx_commit", """{"tx":"BQY="}""");
        while (fixture.Node.Count == 0) await Task.Delay(5);
        fixture.Chain.Add([]);
        fixture.Chain.Add([[5, 6]]);
        JsonElement result = await waiting;
        FieldContract.Check("broadcast_tx_commit", result);
        Assert.Equal("5", result.GetProperty("height").GetString());
        Assert.Equal("900", result.GetProperty("tx_result").GetProperty("gas_used").GetString());
        JsonElement refused = await fixture.ResultAsync("broadcast_tx_commit", """{"tx":"AAE="}""");
        Assert.Equal(10, refused.GetProperty("check_tx").GetProperty("code").GetInt32());
        Assert.Equal("0", refused.GetProperty("height").GetString());
    }

    [Fact]
    public async Task Broadcast_commit_of_a_block_made_at_once_does_not_miss_it()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        fixture.Node.DecidesAtOnce = true;
        JsonElement result = await fixture.ResultAsync("broadcast_tx_commit", """{"tx":"BQY="}""");
        Assert.Equal("4", result.GetProperty("height").GetString());
    }

    [Fact]
    public async Task Broadcast_commit_that_waits_too_long_says_so_and_names_the_transaction()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(options: new RpcOptions { CommitWaitMsMax = 50 });
        (int code, string data) = await fixture.ErrorAsync("broadcast_tx_commit", """{"tx":"BQY="}""");
        Assert.Equal(-32603, code);
        Assert.Contains("timed out waiting for tx to be included in a block", data, StringComparison.Ordinal);
        Assert.Contains(Sha256.Hash([5, 6]).ToString(), data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Small_answers_have_their_form()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        Assert.Equal("{}", (await fixture.ResultAsync("health")).GetRawText());
        JsonElement net = await fixture.ResultAsync("net_info");
        Assert.Equal("1", net.GetProperty("n_peers").GetString());
        Assert.True(net.GetProperty("peers")[0].GetProperty("is_outbound").GetBoolean());
        JsonElement chunk = await fixture.ResultAsync("genesis_chunked", """{"chunk":"0"}""");
        Assert.Equal("1", chunk.GetProperty("total").GetString());
        Assert.Equal(TestNode.GenesisJson, System.Text.Encoding.UTF8.GetString(chunk.GetProperty("data").GetBytesFromBase64()));
        Assert.Equal("there are 0 chunks, 1 is invalid", (await fixture.ErrorAsync("genesis_chunked", """{"chunk":"1"}""")).Data);
        JsonElement consensus = await fixture.ResultAsync("consensus_params");
        Assert.Equal("4", consensus.GetProperty("block_height").GetString());
        Assert.Equal(
            "172800000000000",
            consensus.GetProperty("consensus_params").GetProperty("evidence").GetProperty("max_age_duration").GetString());
    }
}
