using System;
using System.Threading.Tasks;

namespace Chain.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("'status'", "stats")]
    [InlineData("'keys'", "kes", "list")]
    [InlineData("'list'", "keys", "lst")]
    [InlineData("'--json'", "status", "--jsn")]
    [InlineData("'--from'", "tx", "transfer", "a", "1", "--form", "x")]
    [InlineData("'pause'", "tx", "update", "--status", "pase", "--from", "x")]
    [InlineData("'superseded'", "tx", "revoke", "00", "--reason", "supersed", "--from", "x")]
    [InlineData("'ask'", "tx", "validator", "aks", "--from", "x")]
    [InlineData("'bond'", "tx", "stake", "bnd", "5", "--from", "x")]
    public async Task Mistyped_word_is_status_64_with_a_suggestion(string suggestion, params string[] args)
    {
        CliRun run = await CliRun.OfAsync(args);
        Assert.Equal(64, run.Status);
        Assert.Contains($"Did you mean {suggestion}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tx", "transfer", "a", "12,5", "--from", "x")]
    [InlineData("tx", "transfer", "a", "5")]
    [InlineData("dev", "advance", "soon")]
    [InlineData("query", "order", "first")]
    [InlineData("query", "attestation", "00")]
    [InlineData("tx", "update", "--from", "x")]
    [InlineData("tx", "revoke", "00", "--reason", "mistaken", "--from", "x")]
    [InlineData("tx", "admit", "access", "12", "--from", "x")]
    [InlineData("tx", "admit", "accreditation", "carol", "plumber", "--from", "x")]
    [InlineData("tx", "admit", "vote", "12", "--from", "x")]
    [InlineData("tx", "validator", "rotate-node", "--from", "x")]
    [InlineData("light", "verify", "market", "xyz")]
    [InlineData("status", "--node", "nowhere")]
    [InlineData("keys", "new", "Not A Name")]
    [InlineData("init", "--chain-id", "Bad")]
    public async Task Bad_argument_is_status_64_and_says_what_to_do(params string[] args)
    {
        CliRun run = await CliRun.OfAsync([.. args, "--home", "/nonexistent/home"]);
        Assert.Equal(64, run.Status);
        Assert.Contains("What to do:", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task Bad_argument_with_json_is_one_object_on_standard_output()
    {
        CliRun run = await CliRun.OfAsync("stats", "--json");
        Assert.Equal(64, run.Status);
        Assert.Equal("bad_input", (string)run.Json["error"]!["code"]!);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Node_that_is_not_there_is_a_failure_with_the_way_to_start_one()
    {
        CliRun run = await CliRun.OfAsync("status", "--node", "http://127.0.0.1:1", "--json");
        Assert.Equal(1, run.Status);
        Assert.Equal("node_unreachable", (string)run.Json["error"]!["code"]!);
        Assert.Contains("chain dev", (string)run.Json["error"]!["remedy"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_shows_every_verb_and_examples()
    {
        CliRun run = await CliRun.OfAsync("--help");
        Assert.Equal(0, run.Status);
        string[] verbs = ["demo", "dev", "init", "start", "status", "keys", "faucet", "tx", "query", "light"];
        Assert.All(verbs, verb => Assert.Contains($"  {verb} ", run.Out, StringComparison.Ordinal));
        CliRun transfer = await CliRun.OfAsync("tx", "transfer", "--help");
        Assert.Contains("Examples:", transfer.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verb_that_only_groups_others_shows_its_help_but_has_done_nothing()
    {
        CliRun run = await CliRun.OfAsync("keys");
        Assert.Equal(64, run.Status);
        Assert.Contains("import", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }
}
