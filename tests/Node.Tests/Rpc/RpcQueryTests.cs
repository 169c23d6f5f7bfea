using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Chain.Node.Queries;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Proofs;
using Chain.StateMachine.Registry;
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
            JsonElement account = await TypedAsync(fixture, $"/market/account/{Alice}", $"\"height\":\"{height}\"");
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

    [Fact]
    public async Task Account_shows_balance_and_lanes_and_an_unused_one_is_empty()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        PublicKey key = fixture.Chain.FirstKey;
        fixture.Chain.Add([], state => Ledger.Store(state, key.Address, new Account(7, key, 0, [new LaneSequence(2, 9)])));
        JsonElement account = await TypedAsync(fixture, $"/market/account/{key.Address}");
        Assert.Equal(
            $$"""{"address":"{{key.Address}}","balance":"7","public_key":"{{Hex.Lower(key.Span)}}","emptied_at":"0","lanes":[{"lane":2,"next_sequence":"9"}]}""",
            account.GetRawText());
        string data = Convert.ToHexString(Encoding.UTF8.GetBytes(Bob.ToString()));
        JsonElement unused = await TypedAsync(fixture, "/market/account", $"\"data\":\"{data}\"");
        Assert.Equal("0", unused.GetProperty("balance").GetString());
        Assert.Equal(JsonValueKind.Null, unused.GetProperty("public_key").ValueKind);
    }

    [Fact]
    public async Task Parameters_and_supply_are_shown()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        fixture.Chain.Add([], state => Pools.Store(state, new PoolBalances(1, 2, 3, 4, 100)));
        JsonElement parameters = await TypedAsync(fixture, "/market/params");
        Assert.Equal("1000", parameters.GetProperty("empty_block_interval_ms").GetString());
        JsonElement supply = await TypedAsync(fixture, "/market/supply");
        Assert.Equal("96", supply.GetProperty("total").GetString());
        Assert.Equal("1", supply.GetProperty("treasury").GetString());
    }

    [Fact]
    public async Task Provider_shows_its_state_and_lists_filter()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        fixture.Chain.Add([], state =>
        {
            Providers.Store(state, MakeProvider(Alice, ProviderStatus.Active, "eu-west"));
            Providers.Store(state, MakeProvider(Bob, ProviderStatus.Probation, "us-east"));
        });
        JsonElement provider = await TypedAsync(fixture, $"/market/provider/{Alice}");
        Assert.Equal("active", provider.GetProperty("status").GetString());
        Assert.Equal("50", provider.GetProperty("stake").GetProperty("bonded").GetString());
        Assert.Equal("""[{"class":"cpu_milli","total":"4000","reserved":"0","leased":"0"}]""", provider.GetProperty("capacity").GetRawText());
        JsonElement filtered = await TypedAsync(fixture, "/market/providers?status=probation&region=us-east");
        Assert.Equal(1, filtered.GetProperty("providers").GetArrayLength());
        Assert.Equal(Bob.ToString(), filtered.GetProperty("providers")[0].GetProperty("address").GetString());
        Assert.Equal("", filtered.GetProperty("next_cursor").GetString());
    }

    [Fact]
    public async Task Orders_come_in_pages_by_cursor()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        fixture.Chain.Add([], state =>
        {
            for (ulong id = 1; id <= 7; id++)
            {
                Order order = MakeOrder(id, id % 2 == 0 ? Alice : Bob);
                state.Put(StoreId.Market, Schema.Key(MarketSchema.Order, id), order.Encode());
            }
        });
        JsonElement one = await TypedAsync(fixture, "/market/order/3");
        Assert.Equal("open", one.GetProperty("state").GetString());
        Assert.Equal("gpu", one.GetProperty("terms").GetProperty("resource").GetString());
        List<string> seen = [];
        string cursor = "";
        do
        {
            JsonElement page = await TypedAsync(fixture, $"/market/orders?limit=3&cursor={cursor}");
            foreach (JsonElement order in page.GetProperty("orders").EnumerateArray()) seen.Add(order.GetProperty("id").GetString()!);
            cursor = page.GetProperty("next_cursor").GetString()!;
        }
        while (cursor.Length > 0);
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], seen);
        JsonElement mine = await TypedAsync(fixture, $"/market/orders?tenant={Alice}&state=open");
        Assert.Equal(3, mine.GetProperty("orders").GetArrayLength());
        Assert.Equal(0, (await TypedAsync(fixture, "/market/orders?state=filled")).GetProperty("orders").GetArrayLength());
    }

    [Fact]
    public async Task Bids_of_an_order_and_leases_are_shown()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        fixture.Chain.Add([], state =>
        {
            foreach (ulong order in (ulong[])[1, 2])
            {
                Bid bid = new(order, Alice, 5, 60, BidState.Open, 10, 20, 1, new MarketTime(9));
                state.Put(StoreId.Market, [.. Schema.Key(MarketSchema.Bid, order), .. Alice.Span], bid.Encode());
            }
            state.Put(StoreId.Market, Schema.Key(MarketSchema.Lease, 4UL), MakeLease(4).Encode());
        });
        JsonElement bids = await TypedAsync(fixture, "/market/bids/2");
        Assert.Equal(1, bids.GetProperty("bids").GetArrayLength());
        Assert.Equal("2", bids.GetProperty("bids")[0].GetProperty("order_id").GetString());
        Assert.Equal("open", (await TypedAsync(fixture, $"/market/bid/1/{Alice}")).GetProperty("state").GetString());
        JsonElement lease = await TypedAsync(fixture, "/market/lease/4");
        Assert.Equal("no_show_tenant", lease.GetProperty("state").GetString());
        Assert.Equal("", lease.GetProperty("workload_digest").GetString());
        JsonElement leases = await TypedAsync(fixture, $"/market/leases?provider={Bob}&order=1");
        Assert.Equal(1, leases.GetProperty("leases").GetArrayLength());
        Assert.Equal(0, (await TypedAsync(fixture, $"/market/leases?provider={Alice}")).GetProperty("leases").GetArrayLength());
    }

    [Fact]
    public void Every_path_bears_any_argument()
    {
        using TestChain chain = new(1);
        StateStore state = new(chain.Store);
        QueryTable table = new();
        string[] arguments = ["", "/", "/%", "/1", "/1/1", "/-1", "/18446744073709551616", "?", "?=", "?limit", "?cursor=01", "?limit=0", "?a=%zz&&=&b"];
        foreach (string path in table.Paths)
        {
            foreach (string argument in arguments)
            {
                QueryAnswer answer = table.Answer(state, path + argument, [0xff, 0xfe], isPast: false);
                Assert.Equal(answer.Code == ResultCode.Ok, answer.Value.Length > 0);
            }
        }
    }

    private static async Task<JsonElement> RawAsync(RpcFixture fixture, byte[] key, string more)
    {
        string parameters = $$"""{"path":"/store/market/key","data":"{{Convert.ToHexString(key)}}",{{more}}}""";
        return (await fixture.ResultAsync("abci_query", parameters)).GetProperty("response");
    }

    private static async Task<JsonElement> TypedAsync(RpcFixture fixture, string path, string more = "\"prove\":false")
    {
        JsonElement response = (await fixture.ResultAsync("abci_query", $$"""{"path":"{{path}}",{{more}}}""")).GetProperty("response");
        Assert.True(response.GetProperty("code").GetInt32() == 0, response.GetRawText());
        using JsonDocument value = JsonDocument.Parse(response.GetProperty("value").GetBytesFromBase64());
        return value.RootElement.Clone();
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

    private static Provider MakeProvider(in Address address, ProviderStatus status, string region) => new(
        address,
        status,
        new StakeBalance(50, 10, []),
        region,
        [new ProviderAttribute("tier", "gold")],
        [new ClassCapacity(ResourceClass.CpuMilli, 4000)],
        "did:example:1",
        Sha256.Hash([3]),
        1,
        new MarketTime(5),
        0);

    private static Order MakeOrder(ulong id, in Address tenant) => new(
        id,
        tenant,
        new OrderTerms(Sha256.Hash([1]), Sha256.Hash([2]), new OrderNeeds(ResourceClass.Gpu, 2, ["eu-west"], [], []), 1, 100, 60, 0, 30, 600),
        OrderState.Open,
        0,
        1000,
        50,
        1,
        new MarketTime(1),
        new MarketTime(601),
        [new ListedBid(Bob, 90)],
        []);

    private static Lease MakeLease(ulong id) => new(
        id, 1, Alice, Bob,
        new LeaseTerms(ResourceClass.Gpu, 2, 90, 0, 30, 0, 60, 60, 3600, 10, 100, 0),
        LeaseState.NoShowTenant, CloseReason.None,
        default, new MarketTime(1), default, default, false, default, default, default, default, default, default,
        1, 2, 3, 4, 5, 6, 7, 8, 9);
}
