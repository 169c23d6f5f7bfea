using System;
using System.IO;
using System.Threading.Tasks;
using Chain.Client.Wallets;
using Chain.Primitives.Bytes;

namespace Chain.Cli.Tests.Commands;

public sealed class KeysCommandTests : IDisposable
{
    private readonly TempHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Key_is_made_listed_and_shown_without_its_secret()
    {
        CliRun made = await RunAsync("keys", "new", "alice");
        Assert.Equal(0, made.Status);
        string address = (string)made.Json["address"]!;
        CliRun list = await RunAsync("keys", "list");
        Assert.Equal(address, (string)list.Json["keys"]![0]!["address"]!);
        CliRun shown = await RunAsync("keys", "show", "alice");
        Assert.Equal(address, (string)shown.Json["address"]!);
        Assert.DoesNotContain("seed", shown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seed_in_hex_imports_the_key_that_follows_from_it()
    {
        await File.WriteAllTextAsync(_home.File("seed.hex"), Hex.Lower(DevKeys.SeedOf("bob")) + "\n");
        CliRun run = await RunAsync("keys", "import", "bob", _home.File("seed.hex"));
        Assert.Equal(DevKeys.PublicKeyOf("bob").Address.ToString(), (string)run.Json["address"]!);
    }

    [Fact]
    public async Task Exported_key_is_private_and_imports_again()
    {
        await RunAsync("keys", "new", "alice");
        Assert.Equal(0, (await RunAsync("keys", "export", "alice", _home.File("copy.json"))).Status);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_home.File("copy.json")));
        Assert.Equal(1, (await RunAsync("keys", "export", "alice", _home.File("copy.json"))).Status);
        Assert.Equal(0, (await RunAsync("keys", "import", "twin", _home.File("copy.json"))).Status);
    }

    [Fact]
    public async Task Name_in_use_and_name_of_nothing_are_failures()
    {
        await RunAsync("keys", "new", "alice");
        Assert.Equal(1, (await RunAsync("keys", "new", "alice")).Status);
        CliRun missing = await RunAsync("keys", "show", "nobody");
        Assert.Equal(1, missing.Status);
        Assert.Equal("key_file", (string)missing.Json["error"]!["code"]!);
    }

    private Task<CliRun> RunAsync(params string[] args) => CliRun.OfAsync([.. args, "--home", _home.Path, "--json"]);
}
