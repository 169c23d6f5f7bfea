using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Chain.Cli.Tests.Commands;

/// <summary>Sealed bids, the beacon and a jury on a real node, as people use them.</summary>
public sealed class JusticeNodeTests(DevNode node) : IClassFixture<DevNode>
{
    [Fact]
    public async Task Sealed_order_becomes_a_lease_and_a_drawn_jury_rules_on_it()
    {
        await Send("bob", "register", "--stake", "200", "--region", "DE", "--capacity", "cpu_milli=8000");
        await Send("carol", "register", "--role", "juror", "--stake", "20");
        await Send("alice", "order", "--cpu", "1000", "--max-rate", "5000000ncredit", "--auction", "sealed_first", "--open", "60s", "--prepaid", "10m");
        await Send("bob", "bid-seal", "1", "3000000ncredit", "--secret", "blue horse");
        await node.AskAsync("dev", "advance", "1m");
        Assert.Equal("reveal", (string)(await node.AskAsync("query", "order", "1"))["state"]!);
        await Send("bob", "bid-reveal", "1", "3000000ncredit", "--secret", "blue horse");
        await node.AskAsync("dev", "advance", "10s");
        await Send("alice", "lease-start", "1");
        await Send("bob", "lease-start", "1", "--workload", "web", "--endpoint", "host");
        await node.AskAsync("dev", "advance", "30s");

        await Send("alice", "dispute", "lease", "1", "--claim", "0.05", "--evidence", "it was down");
        await Send("bob", "dispute-answer", "1", "contest", "--evidence", "it was not");
        // The node fixes a tip, reveals a preimage, and draws, each in a block that calls for the next.
        for (int i = 0; i < 20 && await StateOfCase() == "drawing"; i++) await Send("judy", "transfer", "heidi", "1");
        Assert.Equal("commit", await StateOfCase());
        Assert.NotEqual("1", (string)(await node.AskAsync("query", "beacon"))["round"]!);
        await Send("carol", "dispute-vote", "1", "commit", "10000", "--secret", "green door");
        await Send("carol", "dispute-vote", "1", "reveal", "10000", "--secret", "green door");
        Assert.Equal("ruled", await StateOfCase());
        await node.AskAsync("dev", "advance", "10s");

        JsonObject ended = await node.AskAsync("query", "case", "1");
        Assert.Equal(("final", "ruled", "10000"), ((string)ended["state"]!, (string)ended["outcome"]!, (string)ended["ruling_bps"]!));
        Assert.Equal("0", (string)(await node.AskAsync("query", "lease", "1"))["case_id"]!);
        Assert.Single((await node.AskAsync("query", "cases", "--state", "final"))["cases"]!.AsArray());
        Assert.True((await node.AskAsync("query", "reputation", "bob")).ContainsKey("reputation_bps"));
    }

    private async Task<string> StateOfCase() => (string)(await node.AskAsync("query", "case", "1"))["state"]!;

    private Task<JsonObject> Send(string who, params string[] what) => node.AskAsync(["tx", .. what, "--from", who, "--wait"]);
}
