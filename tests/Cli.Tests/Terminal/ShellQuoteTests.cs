using System.Diagnostics;
using Chain.Cli.Terminal;

namespace Chain.Cli.Tests.Terminal;

public sealed class ShellQuoteTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("my chain")]
    [InlineData("it's $HOME `x` \"y\" \\ * ~ # ; & | < > ( ) { } [ ] ! ? é")]
    [InlineData("line\nbreak")]
    [InlineData("5f3c@one.example:26656")]
    public void Shell_reads_a_quoted_word_back_unchanged(string word)
    {
        ProcessStartInfo start = new("/bin/sh") { RedirectStandardOutput = true, ArgumentList = { "-c", $"printf %s {ShellQuote.Word(word)}" } };
        using Process shell = Process.Start(start)!;
        Assert.Equal(word, shell.StandardOutput.ReadToEnd());
    }

    [Fact]
    public void Word_without_special_characters_stays_readable() =>
        Assert.Equal("chain init --home 'my chain' --peer 5f3c@one.example:26656",
            ShellQuote.Line(["chain", "init", "--home", "my chain", "--peer", "5f3c@one.example:26656"]));
}
