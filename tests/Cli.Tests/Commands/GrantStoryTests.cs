using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Chain.Cli.Tests.Commands;

/// <summary>Delegated spending and a change of keys, told with the verbs on a real node.</summary>
public sealed class GrantStoryTests(DevNode node) : IClassFixture<DevNode>
{
    [Fact]
    public async Task Helper_without_credits_spends_for_another_until_the_cap_and_the_revocation()
    {
        await node.AskAsync("keys", "new", "helper");
        await node.AskAsync("tx", "grant", "set", "helper", "--kinds", "transfer,lease-close", "--cap", "5", "--pays-fees",
            "--from", "heidi", "--wait");
        JsonObject paid = await node.AskAsync("tx", "transfer", "judy", "3", "--from", "helper", "--on-behalf-of", "heidi", "--wait");
        JsonNode used = paid["events"]!.AsArray().Single(e => (string)e!["type"]! == "GrantUsed")!;
        Assert.Equal((string)paid["on_behalf_of"]!, (string)used["granter"]!);
        Assert.NotEqual((string)paid["sender"]!, (string)paid["on_behalf_of"]!);

        JsonNode listed = (await node.AskAsync("query", "grants", "heidi"))["grants"]!.AsArray().Single()!;
        Assert.Equal("5000000000", (string)listed["cap"]!);
        JsonObject proven = await node.AskAsync("query", "grant", "heidi", "helper", "--prove");
        Assert.True((bool)proven["proof"]!["valid"]!);
        Assert.Equal((string)listed["spent"]!, (string)proven["spent"]!);
        Assert.Equal(["transfer", "lease_close"], proven["kinds"]!.AsArray().Select(kind => (string)kind!));

        CliRun beyond = await node.RunAsync(
            "tx", "transfer", "judy", "3", "--from", "helper", "--on-behalf-of", "heidi", "--wait", "--json");
        Assert.Equal(402, (int)beyond.Json["error"]!["result_code"]!);
        CliRun otherKind = await node.RunAsync("tx", "stake", "bond", "1", "--from", "helper", "--on-behalf-of", "heidi", "--json");
        Assert.Equal(103, (int)otherKind.Json["error"]!["result_code"]!);

        await node.AskAsync("tx", "grant", "revoke", "helper", "--from", "heidi", "--wait");
        CliRun revoked = await node.RunAsync("tx", "transfer", "judy", "1", "--from", "helper", "--on-behalf-of", "heidi", "--json");
        Assert.Equal("NoGrant", (string)revoked.Json["error"]!["result_name"]!);
        Assert.Empty((await node.AskAsync("query", "grants", "heidi"))["grants"]!.AsArray());
    }

    [Fact]
    public async Task Rotated_key_is_refused_and_the_new_one_speaks_for_the_old_address()
    {
        string address = (string)(await node.AskAsync("query", "account", "frank"))["address"]!;
        await node.AskAsync("keys", "new", "frank-2");
        await node.AskAsync("tx", "grant", "rotate", "frank-2", "--from", "frank", "--wait");
        CliRun old = await node.RunAsync("tx", "transfer", "judy", "1", "--from", "frank", "--json");
        Assert.Equal("WrongKey", (string)old.Json["error"]!["result_name"]!);
        JsonObject sent = await node.AskAsync("tx", "transfer", "judy", "1", "--from", "frank-2", "--account", address, "--wait");
        Assert.Equal(address, (string)sent["sender"]!);
        await node.AskAsync("keys", "new", "frank-3");
        await node.AskAsync("tx", "grant", "rotate", "frank-3", "--from", "frank-2", "--account", address, "--wait");
        await node.AskAsync("tx", "grant", "did", new string('A', 64), "--from", "frank-3", "--account", address, "--wait");
        await node.AskAsync("tx", "grant", "did", "none", "--from", "frank-3", "--account", address, "--wait");
    }

    [Theory]
    [InlineData("--kinds", "grant")]
    [InlineData("--kinds", "nothing")]
    [InlineData("--target", "lease:0")]
    [InlineData("--target", "moon:1")]
    public async Task Terms_that_cannot_be_are_refused_before_anything_is_sent(string option, string value)
    {
        CliRun run = await node.RunAsync(option == "--kinds"
            ? ["tx", "grant", "set", "bob", "--kinds", value, "--cap", "1", "--from", "alice", "--json"]
            : ["tx", "grant", "set", "bob", "--kinds", "transfer", option, value, "--cap", "1", "--from", "alice", "--json"]);
        Assert.NotEqual(0, run.Status);
        Assert.Equal("bad_input", (string)run.Json["error"]!["code"]!);
    }
}
