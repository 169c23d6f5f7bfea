using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Chain.Cli.Tests.Commands;

/// <summary>Tiers and capacity on a real node, as people use them.</summary>
public sealed class TierNodeTests(DevNode node) : IClassFixture<DevNode>
{
    [Fact]
    public async Task Attested_tier_opens_an_order_that_asks_for_it()
    {
        await Send("bob", "register", "--stake", "200", "--region", "DE", "--capacity", "cpu_milli=8000");
        await Send("alice", "order", "--cpu", "1000", "--max-rate", "5000000ncredit", "--min-tier", "2");
        Assert.Equal("2", $"{(await node.AskAsync("query", "order", "1"))["terms"]!["tier_min"]}");
        await Send("auditor", "attest", "bob", "hardware", "--tier", "3", "--expires-in", "1h");
        await node.AskAsync("dev", "advance", "10s");
        await Send("bob", "bid", "1", "3000000ncredit");
        Assert.Equal("3", $"{(await node.AskAsync("query", "tier", "bob"))["tier"]}");

        // A development network asks for no proof: what is declared may be promised.
        JsonObject capacity = await node.AskAsync("query", "capacity", "bob");
        Assert.Equal("not_entered", (string)capacity["state"]!);
        Assert.Equal(("8000", "1000"), ((string)capacity["usable"]![0]!["usable"]!, (string)capacity["usable"]![0]!["promised"]!));
        Assert.Empty((await node.AskAsync("query", "capacities"))["capacities"]!.AsArray());
    }

    private Task<JsonObject> Send(string who, params string[] what) => node.AskAsync(["tx", .. what, "--from", who, "--wait"]);
}
