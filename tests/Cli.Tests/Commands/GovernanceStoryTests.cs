using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Chain.Cli.Tests.Commands;

/// <summary>Proposals, guardians and breakers, told with the verbs on a real node whose only validator is the operator.</summary>
public sealed class GovernanceStoryTests(DevNode node) : IClassFixture<DevNode>
{
    [Fact]
    public async Task Parameter_is_proposed_voted_on_and_changed_after_its_lock()
    {
        string id = await ProposeAsync("parameters", "bid_cap=64");
        Assert.Equal("32", (string)(await node.AskAsync("query", "params"))["bid_cap"]!);
        await DecideAsync(id);
        JsonObject queued = await node.AskAsync("query", "proposal", id);
        Assert.Equal("queued", (string)queued["state"]!);
        Assert.Equal("64", (string)queued["content"]!["parameters"]!["bid_cap"]!);
        await node.AskAsync("dev", "advance", "25s");
        Assert.Equal("64", (string)(await node.AskAsync("query", "params"))["bid_cap"]!);
        JsonNode listed = (await node.AskAsync("query", "proposals", "--kind", "parameters"))["proposals"]!.AsArray().Single()!;
        Assert.Equal("executed", (string)listed["state"]!);
    }

    [Fact]
    public async Task Guardian_stops_orders_for_a_while_and_never_an_exit()
    {
        string id = await ProposeAsync("accredit", "dave", "guardian");
        await DecideAsync(id);
        await node.AskAsync("dev", "advance", "25s");
        await node.AskAsync("tx", "vote", "breaker", "20s", "order,bid", "--from", "dave", "--wait");
        CliRun stopped = await node.RunAsync("tx", "order", "--cpu", "1000", "--max-rate", "0.01", "--from", "alice", "--json");
        Assert.Equal("KindDisabled", (string)stopped.Json["error"]!["result_name"]!);
        Assert.Equal(2, (await node.AskAsync("query", "gates"))["breakers"]!.AsArray().Count);
        CliRun exit = await node.RunAsync("tx", "vote", "breaker", "20s", "settle", "--from", "dave", "--json");
        Assert.Equal("bad_input", (string)exit.Json["error"]!["code"]!);
        await node.AskAsync("dev", "advance", "25s");
        await node.AskAsync("tx", "order", "--cpu", "1000", "--max-rate", "0.01", "--from", "alice", "--wait");
    }

    [Fact]
    public async Task Every_other_proposal_can_be_made_and_shown()
    {
        string flag = await ProposeAsync("flag", "offer", "allow_list", "bob", "carol");
        JsonObject shown = await node.AskAsync("query", "proposal", flag, "--prove");
        Assert.Equal(2, shown["content"]!["flag"]!["allowed"]!.AsArray().Count);
        string spend = await ProposeAsync("spend", "bob", "5");
        Assert.Equal("5000000000", (string)(await node.AskAsync("query", "proposal", spend))["content"]!["amount"]!);
        string text = await ProposeAsync("text", "--disclosure", new string('A', 64), "--deposit", "1");
        await node.AskAsync("tx", "propose", "deposit", text, "9", "--from", "bob", "--wait");
        Assert.Equal("10000000000", (string)(await node.AskAsync("query", "proposal", text))["deposited"]!);
        CliRun early = await node.RunAsync("tx", "propose", "upgrade", "2", "10s", "--from", "alice", "--wait", "--json");
        Assert.Equal("TimeLock", (string)early.Json["error"]!["result_name"]!);
        CliRun none = await node.RunAsync("query", "upgrade", "--json");
        Assert.Equal("not_found", (string)none.Json["error"]!["code"]!);
    }

    private async Task<string> ProposeAsync(params string[] what)
    {
        JsonObject sent = await node.AskAsync(["tx", "propose", .. what, "--from", "alice", "--wait"]);
        return (string)sent["events"]!.AsArray().Single(e => (string)e!["type"]! == "ProposalOpened")!["proposal"]!;
    }

    private async Task DecideAsync(string id)
    {
        await node.AskAsync("tx", "vote", "ballot", id, "yes", "--from", "operator", "--wait");
        await node.AskAsync("dev", "advance", "25s");
    }
}
