using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading.Tasks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Proofs;
using Chain.StateMachine.Store;

namespace Chain.Node.Tests.Rpc;

public sealed class RpcQueryTests
{
    private static readonly Address Alice = Address.From(Sha256.Hash([1]).Span[..Address.Size]);
    private static readonly Address Bob = Address.From(Sha256.Hash([2]).Span[..Address.Size]);

    [Fact]
    public async Task Proof_without_a_height_is_for_the_newest_height_that_a_header_proves()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        fixture.Chain.Add([], state => Ledger.Credit(state, Alice, 500));
        fixture.Chain.Add([], state => Ledger.Credit(state, Alice, 500));
        fixture.Chain.Add([], state => Ledger.Credit(state, Alice, 500));
        byte[] key = Schema.Key(Schema.Account, Alice);
        JsonElement response = await RawAsync(fixture, key, "\"prove\":true");
        Assert.Equal("2", response.GetProperty("height").GetString());
        byte[] value = response.GetProperty("value").GetBytesFromBase64();
        Assert.True(Account.TryDecode(value, out Account account, out _));
        Assert.Equal(1000UL, account.Balance);

        JsonElement header = await fixture.ResultAsync("header", """{"height":"3"}""");
        Assert.True(Hash256.TryParse(header.GetProperty("header").GetProperty("app_hash").GetString(), out Hash256 appHash));
        Assert.Equal(ProofVerdict.Valid, StateProofVerifier.Verify(appHash, "market", key, value, Ops(response)));
    }

    [Fact]
    public async Task Absent_key_is_proven_absent()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        byte[] key = Schema.Key(Schema.Account, Bob);
        JsonElement response = await RawAsync(fixture, key, "\"prove\":true");
        Assert.Equal(0, response.GetProperty("code").GetInt32());
        Assert.Equal(JsonValueKind.Null, response.GetProperty("value").ValueKind);
        JsonElement header = await fixture.ResultAsync("header", """{"height":"3"}""");
        Assert.True(Hash256.TryParse(header.GetProperty("header").GetProperty("app_hash").GetString(), out Hash256 appHash));
        Assert.Equal(ProofVerdict.Valid, StateProofVerifier.Verify(appHash, "market", key, null, Ops(response)));
    }

    [Fact]
    public async Task Old_heights_answer_what_was_true_then()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        for (int i = 0; i < 3; i++) fixture.Chain.Add([], state => Ledger.Credit(state, Alice, 500));
        for (int height = 1; height <= 3; height++)
        {
            JsonElement account = await fixture.ObjectAsync($"/market/account/{Alice}", $"\"height\":\"{height}\"");
            Assert.Equal($"{height * 500}", account.GetProperty("balance").GetString());
        }
        JsonElement newest = await RawAsync(fixture, Schema.Key(Schema.Account, Alice), "\"prove\":false");
        Assert.Equal("3", newest.GetProperty("height").GetString());
        Assert.Equal(JsonValueKind.Null, newest.GetProperty("proofOps").ValueKind);
    }

    [Theory]
    [InlineData("""{"path":"","data":"01"}""", 12)]
    [InlineData("""{"path":"/nonsense","data":"01"}""", 12)]
    [InlineData("""{"path":"/store/nowhere/key","data":"01"}""", 12)]
    [InlineData("""{"path":"/store/market/key","data":""}""", 10)]
    [InlineData("""{"path":"/store/market/key","data":"01","height":"9"}""", 200)]
    [InlineData("""{"path":"/store/market/key","data":"01","height":"-1"}""", 200)]
    [InlineData("""{"path":"/market/params","prove":true}""", 12)]
    [InlineData("""{"path":"/market/account/nobody"}""", 10)]
    [InlineData("""{"path":"/market/order/x"}""", 10)]
    [InlineData("""{"path":"/market/order/7"}""", 200)]
    [InlineData("""{"path":"/market/lease/7"}""", 200)]
    [InlineData("""{"path":"/market/attestation/12"}""", 10)]
    [InlineData("""{"path":"/market/review/1/nobody"}""", 10)]
    [InlineData("""{"path":"/market/review/1/tenant"}""", 200)]
    [InlineData("""{"path":"/market/orders?state=nonsense"}""", 10)]
    [InlineData("""{"path":"/market/orders?limit=many"}""", 10)]
    [InlineData("""{"path":"/market/orders?cursor=zz"}""", 10)]
    [InlineData("""{"path":"/market/orders?cursor=0102"}""", 10)]
    [InlineData("""{"path":"/market/orders","height":"1"}""", 200)]
    public async Task Query_that_cannot_be_answered_gets_a_code_and_a_reason(string parameters, int code)
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        JsonElement response = (await fixture.ResultAsync("abci_query", parameters)).GetProperty("response");
        Assert.Equal(code, response.GetProperty("code").GetInt32());
        Assert.NotEqual("", response.GetProperty("log").GetString());
        Assert.Equal("chain", response.GetProperty("codespace").GetString());
    }

    private static async Task<JsonElement> RawAsync(RpcFixture fixture, byte[] key, string more)
    {
        string parameters = $$"""{"path":"/store/market/key","data":"{{Convert.ToHexString(key)}}",{{more}}}""";
        return (await fixture.ResultAsync("abci_query", parameters)).GetProperty("response");
    }

    private static ProofOp[] Ops(JsonElement response)
    {
        List<ProofOp> ops = [];
        foreach (JsonElement op in response.GetProperty("proofOps").GetProperty("ops").EnumerateArray())
        {
            ops.Add(new ProofOp(
                op.GetProperty("type").GetString()!, op.GetProperty("key").GetBytesFromBase64(), op.GetProperty("data").GetBytesFromBase64()));
        }
        return [.. ops];
    }
}
