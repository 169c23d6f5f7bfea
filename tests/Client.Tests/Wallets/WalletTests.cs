using System;
using System.IO;
using System.Linq;
using Chain.Client.Errors;
using Chain.Client.Wallets;
using Chain.Primitives.Crypto;

namespace Chain.Client.Tests.Wallets;

public sealed class WalletTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "chain-wallet-" + Path.GetRandomFileName());

    private Wallet Wallet => new(_folder);

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Key_that_was_made_is_listed_and_signs()
    {
        WalletEntry made = Wallet.Create("alice", passphrase: null);
        Assert.Equal(made, Assert.Single(Wallet.List()));
        using PrivateKey key = Wallet.Open("alice", passphrase: null);
        Assert.Equal(made.PublicKey, key.PublicKey);
        Assert.True(Ed25519.Verify(made.PublicKey, "hello"u8, key.Sign("hello"u8)));
    }

    [Fact]
    public void Key_file_and_folder_are_their_owners_alone()
    {
        WalletEntry made = Wallet.Create("alice", passphrase: null);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(made.File));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
    }

    [Fact]
    public void Key_file_that_others_may_read_is_not_opened()
    {
        WalletEntry made = Wallet.Create("alice", passphrase: null);
        File.SetUnixFileMode(made.File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        ClientError error = Failure(() => Wallet.Open("alice", passphrase: null));
        Assert.Contains("chmod 600", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Sealed_key_opens_with_its_passphrase_only()
    {
        WalletEntry made = Wallet.Create("vault", "correct horse");
        Assert.True(made.IsEncrypted);
        using PrivateKey key = Wallet.Open("vault", "correct horse");
        Assert.Equal(made.PublicKey, key.PublicKey);
        Assert.Equal(ClientErrorCode.KeyFile, Failure(() => Wallet.Open("vault", "wrong horse")).Code);
        Assert.Contains("--passphrase-file", Failure(() => Wallet.Open("vault", passphrase: null)).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_in_use_is_refused_and_the_key_kept()
    {
        WalletEntry first = Wallet.Create("alice", passphrase: null);
        Assert.Equal(ClientErrorCode.KeyFile, Failure(() => Wallet.Create("alice", passphrase: null)).Code);
        Assert.Equal(first, Wallet.Find("alice"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Alice")]
    [InlineData("../alice")]
    [InlineData("a b")]
    [InlineData("a.json")]
    public void Name_that_is_none_is_refused(string name)
    {
        Assert.Equal(ClientErrorCode.BadInput, Failure(() => Wallet.Create(name, passphrase: null)).Code);
        Assert.Null(Wallet.Find(name));
    }

    [Fact]
    public void Exported_key_is_the_same_key_when_imported()
    {
        WalletEntry made = Wallet.Create("alice", "secret");
        WalletEntry copy = Wallet.Import("copy", Wallet.Export("alice"));
        Assert.Equal(made.PublicKey, copy.PublicKey);
        Assert.Equal(ClientErrorCode.KeyFile, Failure(() => Wallet.Import("other", "{}")).Code);
    }

    [Fact]
    public void Key_that_is_missing_is_named_with_the_way_to_make_it()
    {
        ClientError error = Failure(() => Wallet.Open("nobody", passphrase: null));
        Assert.Equal(["chain", "keys", "new", "nobody"], error.Command);
    }

    [Fact]
    public void Dev_keys_follow_from_their_names_and_differ()
    {
        string[] names = [.. DevKeys.People, DevKeys.Faucet, DevKeys.Auditor];
        Assert.Equal(names.Length, names.Select(DevKeys.PublicKeyOf).Distinct().Count());
        Assert.Equal(Wallet.Create("alice", passphrase: null, DevKeys.SeedOf("alice")).PublicKey, DevKeys.PublicKeyOf("alice"));
    }

    private static ClientError Failure(Action action) => Assert.Throws<ClientException>(action).Error;
}
