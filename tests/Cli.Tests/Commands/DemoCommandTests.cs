using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Chain.Cli.Tests.Commands;

public sealed class DemoCommandTests
{
    [Fact]
    public async Task Demo_tells_the_whole_story_and_the_money_adds_up_at_every_step()
    {
        CliRun run = await CliRun.OfAsync("demo", "--json");
        Assert.True(run.Status == 0, run.Out + run.Error);
        JsonArray steps = run.Json["steps"]!.AsArray();
        Assert.Equal(17, steps.Count);
        JsonNode[] money = [.. steps.Select(s => s!["money"]!).Where(m => m is not null)];
        Assert.Equal(13, money.Length);
        Assert.All(money, m => Assert.True((bool)m["adds_up"]!));
        JsonNode proof = steps[^1]!["proof"]!;
        Assert.True((bool)proof["valid"]!);
        Assert.All(proof["steps"]!.AsArray(), s => Assert.Equal("passed", (string)s!["state"]!));
        Assert.False(Directory.Exists((string)run.Json["home"]!), "the demo removes its folder");
    }

    [Fact]
    public async Task Demo_for_people_says_in_words_that_it_adds_up_and_is_proven()
    {
        CliRun run = await CliRun.OfAsync("demo");
        Assert.True(run.Status == 0, run.Out + run.Error);
        Assert.Equal(13, run.Out.Split("It adds up.").Length - 1);
        Assert.Contains("So it is proven", run.Out, StringComparison.Ordinal);
    }
}
