using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.Linq;
using System.Threading.Tasks;

namespace Chain.Cli.Tests;

/// <summary>Every option and argument of every command refuses what it cannot read, in words for people.</summary>
public sealed class OptionFormTests
{
    private const string Garbage = "?!x";

    /// <summary>Text, files and folders: any word is a value.</summary>
    private static readonly HashSet<string> FreeText =
    [
        "--memo", "--spec", "--text", "--endpoint", "--did", "--data", "--secret", "--evidence", "--workload", "--moniker", "--region",
        "--snapshot", "--out", "--file", "--save", "--store", "--genesis", "--from-export", "--home", "--node-home", "--passphrase-file",
        "--key", "file", "files", "source", "transaction", "spec",
    ];

    [Fact]
    public async Task Garbage_in_any_option_or_argument_is_status_64_that_names_it_and_says_what_was_expected()
    {
        List<string> faults = [];
        int tried = 0;
        foreach ((string[] path, Command command) in CommandTree.All())
        {
            foreach (Option option in command.Options.Where(o => o is not HelpOption and not VersionOption && o.Name != "--json" && !FreeText.Contains(o.Name)))
            {
                string[] word = option.ValueType == typeof(bool) ? [$"{option.Name}={Garbage}"] : [option.Name, Garbage];
                faults.AddRange(await FaultsAsync([.. path, .. word], option.Name));
                tried++;
            }
            for (int i = 0; i < command.Arguments.Count; i++)
            {
                if (FreeText.Contains(command.Arguments[i].Name)) continue;
                faults.AddRange(await FaultsAsync([.. path, .. Enumerable.Repeat(Garbage, i + 1)], command.Arguments[i].Name));
                tried++;
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(tried > 500, $"{tried}");
    }

    private static async Task<IEnumerable<string>> FaultsAsync(string[] args, string name)
    {
        CliRun run = await CliRun.OfAsync(args);
        bool isTold = run.Error.Contains(name, StringComparison.Ordinal) && run.Error.Contains($"{Garbage}'", StringComparison.Ordinal);
        bool isPlain = new[] { "System.", "`", "at byte", "Cannot parse" }.All(leak => !run.Error.Contains(leak, StringComparison.Ordinal));
        bool isGood = run.Status == 64 && run.Out.Length == 0 && isTold && isPlain;
        return isGood ? [] : [$"chain {string.Join(' ', args)}: status {run.Status}, out '{run.Out}', error '{run.Error}'"];
    }

    [Theory]
    [InlineData("tx order --memory 4XiB --from a --max-rate 1", "4GiB")]
    [InlineData("tx transfer bob 1 --from alice --lane 99", "from 0 to 15")]
    [InlineData("dev --port abc", "from 0 to 65535")]
    [InlineData("tx review 1 --stars 9 --from a", "from 1 to 5")]
    [InlineData("query account chain1qpzry9x8gf2tvdw0s3jn54khce6mua7lqpzry9", "checksum is wrong")]
    [InlineData("query account chain1bpzry9x8gf2tvdw0s3jn54khce6mua7lqpzry9", "'b' at place 7")]
    [InlineData("query account chain1qpzry", "has 44 characters")]
    [InlineData("query leases --state foo", "starved")]
    public async Task Text_of_a_refusal_says_what_was_expected(string line, string expected)
    {
        CliRun run = await CliRun.OfAsync(line.Split(' '));
        Assert.Equal(64, run.Status);
        Assert.Empty(run.Out);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tx order --memory 4GiB --storage 2TiB --from a --max-rate 12.5")]
    [InlineData("tx order --memory 512MiB --prepaid 1h30m --from a --max-rate 123ncredit")]
    [InlineData("query providers --min-memory 8GiB --min-storage 1TiB")]
    public void Sensible_unit_is_accepted(string line) => Assert.Empty(CommandTree.Root.Parse(line.Split(' ')).Errors);
}
