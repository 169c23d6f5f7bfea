using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Chain.Cli.Tests.Commands;

/// <summary>The verbs against a real node.</summary>
public sealed class DevNodeTests(DevNode node) : IClassFixture<DevNode>
{
    [Fact]
    public async Task Status_tells_chain_height_and_vote()
    {
        JsonObject status = await node.AskAsync("status");
        Assert.StartsWith("dev-", (string)status["chain_id"]!, StringComparison.Ordinal);
        Assert.StartsWith("0.38.", (string)status["rpc_version"]!, StringComparison.Ordinal);
        Assert.NotEqual("0", (string)status["voting_power"]!);
        Assert.False((bool)status["catching_up"]!);
        Assert.Equal(0, (int)status["peer_count"]!);
        Assert.False(status.ContainsKey("peers"));
        Assert.Empty((await node.AskAsync("status", "--peers"))["peers"]!.AsArray());
    }

    [Fact]
    public async Task Transfer_that_is_waited_for_has_moved_the_money()
    {
        ulong before = await BalanceAsync("judy");
        JsonObject sent = await node.AskAsync("tx", "transfer", "judy", "12.5", "--from", "ivan", "--wait");
        Assert.Equal("included", (string)sent["fate"]!);
        Assert.Equal(before + 12_500_000_000, await BalanceAsync("judy"));
        JsonObject shown = await node.AskAsync("tx", "show", (string)sent["id"]!);
        Assert.Equal((string)sent["height"]!, (string)shown["height"]!);
        Assert.Equal("12500000000", (string)shown["messages"]![0]!["amount"]!);
        Assert.Equal("included", (string)(await node.AskAsync("tx", "wait", (string)sent["id"]!))["fate"]!);
    }

    [Fact]
    public async Task Transfer_beyond_the_balance_fails_with_the_chains_code()
    {
        CliRun run = await node.RunAsync("tx", "transfer", "judy", "99999999", "--from", "heidi", "--wait", "--json");
        Assert.Equal(1, run.Status);
        Assert.Equal(400, (int)run.Json["error"]!["result_code"]!);
        Assert.Equal("InsufficientFunds", (string)run.Json["error"]!["result_name"]!);
        Assert.Equal("rejected", (string)run.Json["fate"]!);
    }

    [Fact]
    public async Task Dry_run_sends_nothing_and_its_bytes_decode()
    {
        ulong before = await BalanceAsync("grace");
        JsonObject dry = await node.AskAsync("tx", "transfer", "judy", "1", "--from", "grace", "--dry-run", "--memo", "hello");
        Assert.Equal(before, await BalanceAsync("grace"));
        JsonObject decoded = await node.AskAsync("tx", "decode", (string)dry["raw"]!);
        Assert.Equal((string)dry["id"]!, (string)decoded["id"]!);
        Assert.Equal("hello", (string)decoded["memo"]!);
        Assert.True((bool)decoded["signature_valid"]!);
    }

    [Fact]
    public async Task Transaction_that_nobody_sent_is_not_found()
    {
        CliRun run = await node.RunAsync("tx", "show", new string('A', 64), "--json");
        Assert.Equal(1, run.Status);
        Assert.Equal("not_found", (string)run.Json["error"]!["code"]!);
    }

    [Fact]
    public async Task Faucet_pays()
    {
        ulong before = await BalanceAsync("frank");
        await node.AskAsync("faucet", "frank", "7");
        Assert.Equal(before + 7_000_000_000, await BalanceAsync("frank"));
    }

    [Fact]
    public async Task Query_with_proof_is_checked_against_the_genesis_of_the_home()
    {
        JsonObject account = await node.AskAsync("query", "account", "carol", "--prove");
        Assert.True((bool)account["proof"]!["valid"]!);
        Assert.All(account["proof"]!["steps"]!.AsArray(), step => Assert.Equal("passed", (string)step!["state"]!));
    }

    [Fact]
    public async Task Query_of_nothing_is_not_found_and_the_absence_is_proven()
    {
        CliRun run = await node.RunAsync("query", "order", "77", "--prove", "--json");
        Assert.Equal(1, run.Status);
        Assert.Contains("This was proven", (string)run.Json["error"]!["why"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("params", "epoch_seconds")]
    [InlineData("supply", "total")]
    [InlineData("validators", "validators")]
    [InlineData("providers", "providers")]
    [InlineData("orders", "orders")]
    [InlineData("bids", "bids")]
    [InlineData("leases", "leases")]
    public async Task Query_answers_under_its_stable_name(string what, string name) =>
        Assert.True((await node.AskAsync("query", what)).ContainsKey(name));

    [Fact]
    public async Task Proof_that_was_saved_is_checked_again_without_the_node_and_a_changed_one_fails()
    {
        using TempHome elsewhere = new();
        string file = elsewhere.File("proof.json");
        await node.AskAsync("light", "verify", "market", "60", "--save", file);
        CliRun again = await CliRun.OfAsync("light", "verify", "--file", file, "--home", elsewhere.Path, "--json");
        Assert.Equal(0, again.Status);
        JsonNode proof = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        proof["abci_query"]!["response"]!["value"] = "kQE=";
        await File.WriteAllTextAsync(file, proof.ToJsonString());
        CliRun changed = await CliRun.OfAsync("light", "verify", "--file", file, "--home", elsewhere.Path, "--json");
        Assert.Equal(1, changed.Status);
        Assert.Contains(changed.Json["steps"]!.AsArray(), s => (string)s!["step"]! == "state" && (string)s["state"]! == "failed");
    }

    [Fact]
    public async Task Advance_moves_the_clock_by_as_much_as_was_asked()
    {
        DateTime before = DateTime.Parse((string)(await node.AskAsync("status"))["time"]!, System.Globalization.CultureInfo.InvariantCulture);
        JsonObject advanced = await node.AskAsync("dev", "advance", "3m");
        DateTime after = DateTime.Parse((string)advanced["time"]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(after - before >= TimeSpan.FromMinutes(3));
        // The chain still takes transactions, whose validity runs on its own clock.
        await node.AskAsync("tx", "transfer", "judy", "1", "--from", "erin", "--wait");
    }

    [Fact]
    public async Task Order_and_bid_take_the_chains_minimums_and_appear_in_the_lists()
    {
        await node.AskAsync("tx", "register", "--stake", "150", "--region", "DE", "--capacity", "cpu_milli=4000", "--from", "bob", "--wait");
        JsonObject opened = await node.AskAsync("tx", "order", "--cpu", "1000", "--max-rate", "0.01", "--region", "DE", "--from", "alice", "--wait");
        JsonNode created = opened["events"]!.AsArray().Single(e => (string)e!["type"]! == "OrderOpened")!;
        string order = (string)created["order"]!;
        await node.AskAsync("tx", "bid", order, "0.005", "--from", "bob", "--wait");
        JsonNode listed = (await node.AskAsync("query", "bids", order))["bids"]!.AsArray().Single()!;
        Assert.Equal("5000000", (string)listed["rate_per_second"]!);
        JsonNode best = (await node.AskAsync("query", "book", order))["bids"]!.AsArray().Single()!;
        Assert.Equal(("5000000", "DE"), ((string)best["rate_per_second"]!, (string)best["region"]!));
        JsonObject shown = await node.AskAsync("query", "order", order, "--prove");
        Assert.Equal("open", (string)shown["state"]!);
        Assert.Equal("5000000", (string)shown["bids"]![0]!["rate_per_second"]!);
    }

    [Fact]
    public async Task Posted_price_is_taken_runs_gets_a_deposit_and_new_terms()
    {
        await node.AskAsync("tx", "register", "--stake", "150", "--region", "FR", "--capacity", "cpu_milli=4000", "--from", "carol", "--wait");
        await node.AskAsync("tx", "offer-post", "0.001", "--cpu", "1000", "--from", "carol", "--wait");
        string offer = (string)(await node.AskAsync("query", "offers"))["offers"]!.AsArray().Single()!["id"]!;
        JsonObject taken = await node.AskAsync("tx", "offer-take", offer, "--prepaid", "10m", "--from", "alice", "--wait");
        string lease = (string)taken["events"]!.AsArray().Single(e => (string)e!["type"]! == "LeaseCreated")!["lease"]!;
        await node.AskAsync("tx", "lease-start", lease, "--from", "alice", "--wait");
        await node.AskAsync("tx", "lease-start", lease, "--workload", "web", "--endpoint", "here", "--from", "carol", "--wait");
        await node.AskAsync("tx", "deposit", "lease", lease, "0.5", "--from", "dave", "--wait");
        await node.AskAsync("tx", "lease-amend", lease, "--cpu", "2000", "--from", "alice", "--wait");
        await node.AskAsync("tx", "lease-agree", lease, "--from", "carol", "--wait");
        JsonObject shown = await node.AskAsync("query", "lease", lease);
        Assert.Equal("2000", (string)shown["terms"]!["resources"]!["cpu_milli"]!);
        Assert.Equal("active", (string)(await node.AskAsync("query", "bill", lease))["state"]!);
        Assert.Contains((await node.AskAsync("query", "timeline", "lease", lease))["events"]!.AsArray(),
            told => (string)told!["event"]! == "LeaseAmended");
        Assert.NotNull((await node.AskAsync("query", "prices"))["cpu_milli"]);
        Assert.Single((await node.AskAsync("query", "providers", "--region", "FR", "--min-cpu", "2000"))["providers"]!.AsArray());
        Assert.Empty((await node.AskAsync("query", "providers", "--region", "FR", "--min-cpu", "2001"))["providers"]!.AsArray());
        Assert.Single((await node.AskAsync("query", "offers", "--max-rate", "1000000ncredit"))["offers"]!.AsArray());
        Assert.Empty((await node.AskAsync("query", "offers", "--max-rate", "999999ncredit"))["offers"]!.AsArray());
        await node.AskAsync("tx", "update", "--maintenance", "20s", "--from", "carol", "--wait");
        Assert.Single((await node.AskAsync("query", "provider", "carol"))["maintenance"]!.AsArray());
        await node.AskAsync("tx", "offer-withdraw", offer, "--from", "carol", "--wait");
        Assert.Empty((await node.AskAsync("query", "offers"))["offers"]!.AsArray());
    }

    [Fact]
    public async Task Bid_is_taken_back_and_order_is_cancelled()
    {
        await node.AskAsync("tx", "register", "--stake", "150", "--region", "IT", "--capacity", "cpu_milli=4000", "--from", "dave", "--wait");
        JsonObject opened = await node.AskAsync("tx", "order", "--cpu", "1000", "--max-rate", "0.01", "--from", "alice", "--wait");
        string order = (string)opened["events"]!.AsArray().Single(e => (string)e!["type"]! == "OrderOpened")!["order"]!;
        await node.AskAsync("tx", "bid", order, "0.005", "--from", "dave", "--wait");
        await node.AskAsync("tx", "bid-close", order, "--from", "dave", "--wait");
        Assert.Empty((await node.AskAsync("query", "bids", order))["bids"]!.AsArray());
        await node.AskAsync("tx", "order-close", order, "--from", "alice", "--wait");
        Assert.Equal("cancelled", (string)(await node.AskAsync("query", "order", order))["state"]!);
    }

    private async Task<ulong> BalanceAsync(string name) =>
        ulong.Parse((string)(await node.AskAsync("query", "account", name))["balance"]!, System.Globalization.CultureInfo.InvariantCulture);
}
