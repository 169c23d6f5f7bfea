using System;
using System.Collections.Generic;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Chain.Node.Queries;
using Chain.Node.Tests.Rpc;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Governance.Upgrades;
using Chain.StateMachine.Market;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.Node.Tests.Queries;

public sealed class TypedQueryTests
{
    private static readonly Address Alice = Address.From(Sha256.Hash([1]).Span[..Address.Size]);
    private static readonly Address Bob = Address.From(Sha256.Hash([2]).Span[..Address.Size]);

    [Fact]
    public async Task Account_shows_balance_and_lanes_and_an_unused_one_is_empty()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        PublicKey key = fixture.Chain.FirstKey;
        fixture.Chain.Add([], state => Ledger.Store(state, key.Address, new Account(7, key, 0, [new LaneSequence(2, 9)])));
        JsonElement account = await fixture.ObjectAsync($"/market/account/{key.Address}");
        Assert.Equal(
            $$"""{"address":"{{key.Address}}","balance":"7","public_key":"{{Hex.Lower(key.Span)}}","emptied_at":"0","lanes":[{"lane":2,"next_sequence":"9"}]}""",
            account.GetRawText());
        string data = Convert.ToHexString(Encoding.UTF8.GetBytes(Bob.ToString()));
        JsonElement unused = await fixture.ObjectAsync("/market/account", $"\"data\":\"{data}\"");
        Assert.Equal("0", unused.GetProperty("balance").GetString());
        Assert.Equal(JsonValueKind.Null, unused.GetProperty("public_key").ValueKind);
    }

    [Fact]
    public async Task Grants_are_shown_one_and_all_of_a_granter_and_did_documents_by_account()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        GrantTerms terms = new(
            KindMask.Of(MessageKind.Transfer, MessageKind.LeaseClose), 9, GrantTarget.Of(GrantTargetKind.Lease, 7), true, 500);
        fixture.Chain.Add([], state =>
        {
            GrantStore.Store(state, new Grant(Alice, Bob, terms, 4, 0, new MarketTime(600)), null);
            DidDocuments.Store(state, Alice, new DidDocument(Sha256.Hash([3]), 0));
        });
        JsonElement grant = await fixture.ObjectAsync($"/market/grant/{Alice}/{Bob}");
        Assert.Equal(
            $$"""{"granter":"{{Alice}}","grantee":"{{Bob}}","kinds":["transfer","lease_close"],"target":"lease:7","cap":"9","spent":"4","left":"5","pays_fees":true,"expires_at":"500","storage_deposit":"0"}""",
            grant.GetRawText());
        JsonElement list = await fixture.ObjectAsync($"/market/grants/{Alice}?grantee={Bob}");
        Assert.Equal(grant.GetRawText(), Assert.Single(list.GetProperty("grants").EnumerateArray()).GetRawText());
        Assert.Empty((await fixture.ObjectAsync($"/market/grants/{Bob}")).GetProperty("grants").EnumerateArray());
        JsonElement document = await fixture.ObjectAsync($"/market/did_document/{Alice}");
        Assert.Equal(Hex.Lower(Sha256.Hash([3]).Span), document.GetProperty("hash").GetString());
    }

    [Fact]
    public async Task Proposals_gates_and_the_planned_upgrade_are_shown()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        Proposal Of(ulong id, ProposalContent content) => new(
            id, Alice, content, default, ProposalState.Voting, new MarketTime(1), new MarketTime(9), HadPanel: true, [],
            [new PanelOpinion(Bob, VoteChoice.No)], [], new Tally(1, 2, 3, 9), ResultCode.Ok);
        fixture.Chain.Add([], state =>
        {
            ProposalStore.Store(state, Of(1, new ParameterChanges([new ParameterValue(ParameterId.BidCap, 64)])), null);
            ProposalStore.Store(state, Of(2, new AccreditationChange(Bob, 6, new MarketTime(5))), null);
            KindGates.Store(state, KindGates.AllOpen.With(new KindFlag(MessageKind.Order, FlagMode.AllowList, [Bob]))
                .With(MessageKind.Bid, new Breaker(MessageKind.Bid, new MarketTime(5), new MarketTime(7))));
            UpgradePlans.Store(state, new UpgradePlan(2, default, new MarketTime(77)), null);
        });
        JsonElement proposal = await fixture.ObjectAsync("/market/proposal/1");
        Assert.Equal("64", proposal.GetProperty("content").GetProperty("parameters").GetProperty("bid_cap").GetString());
        Assert.Equal("3", proposal.GetProperty("locks").GetString());
        Assert.Equal("2", proposal.GetProperty("tally").GetProperty("no").GetString());
        JsonElement list = await fixture.ObjectAsync("/market/proposals?kind=accreditation&state=voting");
        JsonElement only = Assert.Single(list.GetProperty("proposals").EnumerateArray());
        Assert.Equal("guardian", only.GetProperty("content").GetProperty("scope").GetString());
        JsonElement gates = await fixture.ObjectAsync("/market/gates");
        Assert.Equal("allow_list", gates.GetProperty("flags")[0].GetProperty("mode").GetString());
        Assert.Equal("7", gates.GetProperty("breakers")[0].GetProperty("rest_until").GetString());
        JsonElement upgrade = await fixture.ObjectAsync("/market/upgrade");
        Assert.Equal("77", upgrade.GetProperty("at").GetString());
        Assert.Equal("2", upgrade.GetProperty("planned_version").GetString());
    }

    [Fact]
    public async Task Parameters_and_supply_are_shown()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        fixture.Chain.Add([], state => Pools.Store(state, new PoolBalances(1, 2, 3, 4, 100)));
        JsonElement parameters = await fixture.ObjectAsync("/market/params");
        Assert.Equal("1000", parameters.GetProperty("empty_block_interval_ms").GetString());
        JsonElement supply = await fixture.ObjectAsync("/market/supply");
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
        JsonElement provider = await fixture.ObjectAsync($"/market/provider/{Alice}");
        Assert.Equal("active", provider.GetProperty("status").GetString());
        Assert.Equal("50", provider.GetProperty("stake").GetProperty("bonded").GetString());
        Assert.Equal("""[{"class":"cpu_milli","total":"4000","reserved":"0","leased":"0"}]""", provider.GetProperty("capacity").GetRawText());
        JsonElement filtered = await fixture.ObjectAsync("/market/providers?status=probation&region=us-east");
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
        JsonElement one = await fixture.ObjectAsync("/market/order/3");
        Assert.Equal("open", one.GetProperty("state").GetString());
        Assert.Equal("2", one.GetProperty("terms").GetProperty("resources").GetProperty("gpus").GetString());
        List<string> seen = [];
        string cursor = "";
        do
        {
            JsonElement page = await fixture.ObjectAsync($"/market/orders?limit=3&cursor={cursor}");
            foreach (JsonElement order in page.GetProperty("orders").EnumerateArray()) seen.Add(order.GetProperty("id").GetString()!);
            cursor = page.GetProperty("next_cursor").GetString()!;
        }
        while (cursor.Length > 0);
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], seen);
        JsonElement mine = await fixture.ObjectAsync($"/market/orders?tenant={Alice}&state=open");
        Assert.Equal(3, mine.GetProperty("orders").GetArrayLength());
        Assert.Equal(0, (await fixture.ObjectAsync("/market/orders?state=filled")).GetProperty("orders").GetArrayLength());
    }

    [Fact]
    public async Task Offers_are_shown_and_found_by_class_and_provider_and_an_amendment_by_its_lease()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        OfferTerms terms = new(new ResourceVector(0, Gpus: 1), 2, 3, 4, 5);
        fixture.Chain.Add([], state =>
        {
            OfferStore.Add(state, new Offer(1, Alice, terms, new MarketTime(6), new MarketTime(7), 8));
            OfferStore.Add(state, new Offer(2, Alice, terms with { Resources = new ResourceVector(1) }, new(6), new(7), 8));
            AmendmentStore.Store(state, new Amendment(9, Alice, new AmendedTerms(new ResourceVector(1), 2, 3), new MarketTime(7)));
        });
        JsonElement offer = await fixture.ObjectAsync("/market/offer/1");
        AssertShows(typeof(Offer), offer);
        AssertShows(typeof(OfferTerms), offer.GetProperty("terms"));
        JsonElement found = await fixture.ObjectAsync($"/market/offers?resource=gpu&provider={Alice}");
        Assert.Equal("1", found.GetProperty("offers")[0].GetProperty("id").GetString());
        Assert.Equal(1, found.GetProperty("offers").GetArrayLength());
        Assert.Equal(2, (await fixture.ObjectAsync("/market/offers")).GetProperty("offers").GetArrayLength());
        JsonElement amendment = await fixture.ObjectAsync("/market/amendment/9");
        AssertShows(typeof(Amendment), amendment, "terms");
        AssertShows(typeof(AmendedTerms), amendment);
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
        JsonElement bids = await fixture.ObjectAsync("/market/bids/2");
        Assert.Equal(1, bids.GetProperty("bids").GetArrayLength());
        Assert.Equal("2", bids.GetProperty("bids")[0].GetProperty("order_id").GetString());
        Assert.Equal("open", (await fixture.ObjectAsync($"/market/bid/1/{Alice}")).GetProperty("state").GetString());
        JsonElement lease = await fixture.ObjectAsync("/market/lease/4");
        Assert.Equal("no_show_tenant", lease.GetProperty("state").GetString());
        Assert.Equal("", lease.GetProperty("workload_digest").GetString());
        JsonElement leases = await fixture.ObjectAsync($"/market/leases?provider={Bob}&order=1");
        Assert.Equal(1, leases.GetProperty("leases").GetArrayLength());
        Assert.Equal(0, (await fixture.ObjectAsync($"/market/leases?provider={Alice}")).GetProperty("leases").GetArrayLength());
    }

    [Fact]
    public async Task Attestations_reviews_and_ratings_are_shown()
    {
        Hash256 uid = Sha256.Hash([9]);
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        fixture.Chain.Add([], state =>
        {
            AttestationClaim claim = new(AttestationSchema.TeeQuote, Alice, default, uid, uid, new MarketTime(1), new MarketTime(99));
            Attestation attestation = new(uid, Bob, claim, AttestationState.Valid, new MarketTime(1), new MarketTime(2), 7);
            state.Put(StoreId.Market, Schema.Key(MarketSchema.Attestation, uid), attestation.Encode());
            Review review = new(
                4, ReviewSide.Tenant, Bob, Alice, ReviewState.Published, new Stars(5, 4, 3), uid, 10, new MarketTime(5), new MarketTime(6), default);
            ReviewBook.Store(state, review);
            RatingTotals.None.With(review).Store(state, Alice, ReviewSide.Provider);
        });
        JsonElement attestation = await fixture.ObjectAsync($"/market/attestation/{uid}");
        Assert.Equal("tee_quote", attestation.GetProperty("schema").GetString());
        Assert.Equal(Hex.Lower(uid.Span), attestation.GetProperty("uid").GetString());
        JsonElement attestations = await fixture.ObjectAsync($"/market/attestations?subject={Alice}&schema=tee_quote&state=valid");
        Assert.Equal(1, attestations.GetProperty("attestations").GetArrayLength());
        Assert.Equal(0, (await fixture.ObjectAsync($"/market/attestations?subject={Bob}")).GetProperty("attestations").GetArrayLength());
        JsonElement review = await fixture.ObjectAsync("/market/review/4/tenant");
        Assert.Equal("""{"quality":5,"reliability":4,"communication":3}""", review.GetProperty("stars").GetRawText());
        Assert.Equal(1, (await fixture.ObjectAsync($"/market/reviews/4?subject={Alice}")).GetProperty("reviews").GetArrayLength());
        JsonElement rating = await fixture.ObjectAsync($"/market/rating/{Alice}/provider");
        Assert.Equal("400", rating.GetProperty("reliability_mean_hundredths").GetString());
    }

    [Fact]
    public async Task Validators_of_the_state_are_shown()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        JsonElement validators = await fixture.ObjectAsync("/market/validators");
        Assert.Equal("394", validators.GetProperty("total_power").GetString());
        Assert.Equal(fixture.Chain.FirstKey.Address.ToHex(), validators.GetProperty("validators")[0].GetProperty("address").GetString());
        Assert.Equal(JsonValueKind.Null, validators.GetProperty("validators")[0].GetProperty("provider").ValueKind);
    }

    [Fact]
    public async Task No_field_of_the_market_s_records_is_left_out()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        Bid bid = new(1, Alice, 5, 60, BidState.Open, 10, 20, 1, new MarketTime(9));
        fixture.Chain.Add([], state =>
        {
            OrderStore.Store(state, null, MakeOrder(1, Alice));
            BidStore.Store(state, bid);
            LeaseStore.Store(state, null, MakeLease(1));
        });
        JsonElement order = await fixture.ObjectAsync("/market/order/1");
        JsonElement lease = await fixture.ObjectAsync("/market/lease/1");
        AssertShows(typeof(Order), order);
        AssertShows(typeof(OrderTerms), order.GetProperty("terms"), "needs");
        AssertShows(typeof(OrderNeeds), order.GetProperty("terms"));
        AssertShows(typeof(Bid), await fixture.ObjectAsync($"/market/bid/1/{Alice}"));
        AssertShows(typeof(Lease), lease);
        AssertShows(typeof(LeaseTerms), lease.GetProperty("terms"));
    }

    [Fact]
    public void Every_path_bears_any_argument()
    {
        using TestChain chain = new(1);
        StateStore state = new(chain.Store);
        QueryTable table = new();
        string[] arguments = ["", "/", "/%", "/1", "/1/1", "/-1", "/18446744073709551616", "?", "?=", "?limit", "?cursor=01", "?limit=0", "?a=%zz&&=&b"];
        foreach (QueryEntry entry in table.Entries)
        {
            foreach (string argument in arguments)
            {
                QueryAnswer answer = table.Answer(state, entry.Path + argument, [0xff, 0xfe], isPast: false);
                Assert.Equal(answer.Code == ResultCode.Ok, answer.Value.Length > 0);
            }
        }
    }

    [Fact]
    public void Every_path_refuses_an_option_that_it_does_not_know()
    {
        using TestChain chain = new(1);
        StateStore state = new(chain.Store);
        QueryTable table = new();
        foreach (QueryEntry entry in table.Entries)
        {
            QueryAnswer answer = table.Answer(state, entry.Path + "?limi=1", [], isPast: false);
            Assert.Equal(ResultCode.NotCanonical, answer.Code);
            Assert.Equal($"{entry.Path} has no option limi; it is asked as {entry.Usage}", answer.Log);
        }
    }

    /// <summary>The parameters of a record's constructor are its fields; JSON has each under its name in snake case.</summary>
    private static void AssertShows(Type record, JsonElement json, string except = "")
    {
        foreach (ParameterInfo field in record.GetConstructors()[0].GetParameters())
        {
            string name = Regex.Replace(field.Name!, "(?<!^)([A-Z])", "_$1").ToLowerInvariant();
            if (name != except) Assert.True(json.TryGetProperty(name, out _), $"{record.Name}.{field.Name} is not shown");
        }
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
        new OrderTerms(Sha256.Hash([1]), Sha256.Hash([2]), new OrderNeeds(new ResourceVector(0, Gpus: 2), ["eu-west"], [], []), 1, 100, 50, 60, 0, 30, 600),
        OrderState.Open,
        0,
        1000,
        50,
        1,
        new MarketTime(1),
        new MarketTime(601),
        3600,
        [new ListedBid(Bob, 90)],
        []);

    private static Lease MakeLease(ulong id) => new(
        id, 1, Alice, Bob,
        new LeaseTerms(new ResourceVector(0, Gpus: 2), 90, 0, 30, 0, 60, 60, 60, 3600, 10, 100, 0, SlaClass.Standard, 9950),
        LeaseState.NoShowTenant, CloseReason.None,
        default, new MarketTime(1), default, default, false, default, default, default, default, default, default,
        1, 2, 3, 4, 5, 6, 7, 8, 9, false);
}
