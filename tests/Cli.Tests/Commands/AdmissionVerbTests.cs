using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Chain.Cli.Tests.Commands;

/// <summary>Who is admitted, against a real node whose only validator has more than 2/3 of the power.</summary>
public sealed class AdmissionVerbTests(DevNode node) : IClassFixture<DevNode>
{
    [Fact]
    public async Task Peer_asks_is_granted_access_and_leaves()
    {
        using TempHome peer = await NewNodeAsync();
        await node.AskAsync("faucet", "operator", "10");
        JsonObject asked = await node.AskAsync("tx", "access", "ask", "--node-home", peer.Path, "--from", "judy", "--wait");
        string key = (string)asked["messages"]![0]!["node_key"]!;
        Assert.Equal(key, (string)(await node.AskAsync("query", "access-requests"))["access_requests"]!.AsArray().Single()!["node_key"]!);
        JsonObject granted = await node.AskAsync("tx", "admit", "access", key, "--for", "365d", "--from", "operator", "--wait");
        Assert.Contains(granted["events"]!.AsArray(), told => (string)told!["type"]! == "AccessGranted");
        Assert.Equal("grant", (string)granted["messages"]![0]!["action"]!);
        Assert.Equal(key, (string)(await node.AskAsync("query", "accesses"))["accesses"]!.AsArray().Single()!["node_key"]!);
        await node.AskAsync("tx", "access", "leave", "--node-home", peer.Path, "--from", "judy", "--wait");
        Assert.Empty((await node.AskAsync("query", "accesses"))["accesses"]!.AsArray());
    }

    [Fact]
    public async Task Provider_asks_for_a_seat_and_takes_its_request_back()
    {
        using TempHome its = await NewNodeAsync();
        await node.AskAsync("tx", "register", "--stake", "150", "--region", "DE", "--capacity", "cpu_milli=4000", "--from", "bob", "--wait");
        JsonObject asked = await node.AskAsync("tx", "validator", "ask", "--node-home", its.Path, "--from", "bob", "--wait");
        JsonNode request = (await node.AskAsync("query", "seat-requests"))["seat_requests"]!.AsArray().Single()!;
        Assert.Equal((string)asked["messages"]![0]!["consensus_key"]!, (string)request["consensus_key"]!);
        await node.AskAsync("tx", "validator", "leave", "--from", "bob", "--wait");
        Assert.Empty((await node.AskAsync("query", "seat-requests"))["seat_requests"]!.AsArray());
    }

    [Fact]
    public async Task Seat_is_granted_longer_its_node_key_rotates_and_the_last_one_stays()
    {
        using TempHome fresh = await NewNodeAsync();
        await node.AskAsync("faucet", "operator", "10");
        await node.AskAsync("tx", "admit", "seat", "operator", "--for", "400d", "--from", "operator", "--wait");
        JsonNode before = (await node.AskAsync("query", "seats"))["seats"]!.AsArray().Single()!;
        Assert.NotEqual("never", (string)before["expires"]!);
        Assert.Equal("10", (string)before["power"]!);
        string key = Path.Combine(fresh.Path, "config", "node_key.json");
        await node.AskAsync("tx", "validator", "rotate-node", "--key", key, "--from", "operator", "--wait");
        JsonNode after = (await node.AskAsync("query", "seats"))["seats"]!.AsArray().Single()!;
        Assert.NotEqual((string)before["node_key"]!, (string)after["node_key"]!);
        Assert.Equal((string)before["consensus_key"]!, (string)after["consensus_key"]!);
        CliRun leave = await node.RunAsync("tx", "validator", "leave", "--from", "operator", "--wait", "--json");
        Assert.Equal("LastValidator", (string)leave.Json["error"]!["result_name"]!);
        CliRun revoke = await node.RunAsync("tx", "admit", "seat", "operator", "--revoke", "--from", "operator", "--wait", "--json");
        Assert.Equal(901, (int)revoke.Json["error"]!["result_code"]!);
        CliRun stranger = await node.RunAsync("tx", "admit", "seat", "operator", "--from", "carol", "--wait", "--json");
        Assert.Equal("NotValidator", (string)stranger.Json["error"]!["result_name"]!);
    }

    [Fact]
    public async Task Accreditation_lets_a_prober_register_until_it_is_revoked()
    {
        await node.AskAsync("faucet", "operator", "10");
        string[] register = ["tx", "register", "--role", "prober", "--stake", "20", "--from", "erin", "--wait", "--json"];
        Assert.Equal(1, (await node.RunAsync(register)).Status);
        JsonObject voted = await node.AskAsync("tx", "admit", "accreditation", "erin", "prober", "--from", "operator", "--wait");
        Assert.Equal("never", (string)voted["messages"]![0]!["expires"]!);
        Assert.Equal(0, (await node.RunAsync(register)).Status);
        await node.AskAsync("tx", "admit", "accreditation", "erin", "prober", "--revoke", "--from", "operator", "--wait");
        Assert.Empty((await node.AskAsync("query", "admissions"))["admissions"]!.AsArray());
        // One vote decided it, so that there is nothing left to vote for.
        CliRun late = await node.RunAsync("tx", "admit", "vote", (string)voted["messages"]![0]!["proposal"]!, "--from", "operator", "--json");
        Assert.Equal("not_found", (string)late.Json["error"]!["code"]!);
    }

    private static async Task<TempHome> NewNodeAsync()
    {
        TempHome home = new();
        CliRun made = await CliRun.OfAsync("init", "--home", home.Path, "--json");
        Assert.Equal(0, made.Status);
        return home;
    }
}
