using System;
using System.IO;
using System.Linq;
using Chain.Cli.Terminal;
using Spectre.Console;

namespace Chain.Cli.Tests.Terminal;

public sealed class ScreenTests
{
    private const string Address = "chain1qpzry9x8gf2tvdw0s3jn54khce6mua7lqpzry9";

    [Fact]
    public void Terminal_wraps_between_words_and_never_in_a_command_or_an_id()
    {
        string hash = new('A', 64);
        string[] lines = Written(40, screen =>
        {
            screen.WriteLine($"   A sentence that is longer than forty columns names {hash} and goes on.");
            screen.Command("chain", "tx", "wait", hash, "--home", "my chain");
            screen.Pairs([("id", hash), ("text", "words that are together longer than the room beside the names")]);
        });
        Assert.All(lines, line => Assert.True(line.Length <= 40 || line.Contains(hash, StringComparison.Ordinal), line));
        Assert.Contains($"  chain tx wait {hash} --home 'my chain'", lines);
        Assert.Contains($"   {hash}", lines);
        Assert.Contains($"id    {hash}", lines);
        Assert.All(lines[..3], line => Assert.StartsWith("   ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Pipe_has_one_line_for_a_sentence_and_for_a_row_with_everything_whole()
    {
        string[] lines = Written(null, screen =>
        {
            screen.WriteLine(string.Join(' ', Enumerable.Repeat("word", 300)));
            RowTable.Print(screen, [.. Enumerable.Range(0, 20).Select(i => new RowColumn($"h{i}", i))],
                [[.. Enumerable.Repeat(Address, 20)], [.. Enumerable.Repeat("", 20)]]);
        });
        Assert.Equal(4, lines.Length);
        Assert.Equal(20, lines[2].Split("  ").Count(cell => cell == Address));
        Assert.Equal(20, lines[3].Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(cell => cell == "-"));
        Assert.DoesNotContain(lines, line => line.Any(c => c is '\u001b' or > '\u2500' and < '\u2600'));
    }

    [Fact]
    public void Narrow_terminal_shortens_ids_first_then_leaves_out_columns_and_says_which()
    {
        RowColumn[] columns = [new("id"), new("tenant"), new("state"), new("gpu", 2), new("escrow credits", 1)];
        string[] row = ["18446744073709551615", Address, "open", "nvidia/h100/80/sxm", "1000.123456789"];
        string[] wide = Written(200, screen => RowTable.Print(screen, columns, [row]));
        Assert.Contains(Address, wide[1], StringComparison.Ordinal);
        string[] middle = Written(100, screen => RowTable.Print(screen, columns, [row]));
        Assert.Equal(2, middle.Length);
        Assert.Contains("chain1qpzr…zry9", middle[1], StringComparison.Ordinal);
        string[] narrow = Written(66, screen => RowTable.Print(screen, columns, [row]));
        Assert.All(narrow, line => Assert.True(line.Length <= 66, line));
        Assert.DoesNotContain("gpu", narrow[0], StringComparison.Ordinal);
        Assert.Contains("Left out for want of room: gpu.", narrow[2], StringComparison.Ordinal);
    }

    internal static string[] Written(int? width, Action<Screen> write)
    {
        using StringWriter writer = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No });
        write(new Screen(writer, console, width));
        return writer.ToString().TrimEnd('\n').Split('\n');
    }
}
