using System;
using System.IO;
using Chain.Node.Keys;
using Chain.Node.Tests.Storage;
using Chain.Primitives.Crypto;

namespace Chain.Node.Tests.Keys;

public sealed class KeyFileTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly PrivateKey _key = PrivateKey.FromSeed([.. "a seed of thirty-two bytes, ascii"u8[..32]]);

    private string FilePath => _folder.PathOf("keys/node.json");

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Created_file_loads_and_is_the_owners_alone()
    {
        KeyFile.Create(FilePath, _key);
        using PrivateKey loaded = KeyFile.Load(FilePath);
        Assert.Equal(_key.ExportSeed(), loaded.ExportSeed());
        const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(ReadWrite, File.GetUnixFileMode(FilePath));
        Assert.Equal(ReadWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(FilePath)!));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(FilePath)!));
    }

    [Fact]
    public void Sealed_file_loads_with_its_passphrase_only_and_never_twice_the_same()
    {
        KeyFile.Create(FilePath, _key, "correct horse");
        using PrivateKey loaded = KeyFile.Load(FilePath, "correct horse");
        Assert.Equal(_key.PublicKey, loaded.PublicKey);
        Assert.Throws<KeyFileException>(() => KeyFile.Load(FilePath));
        Assert.Throws<KeyFileException>(() => KeyFile.Load(FilePath, "battery staple"));
        KeyFile.Create(_folder.PathOf("second.json"), _key, "correct horse");
        Assert.NotEqual(File.ReadAllText(FilePath), File.ReadAllText(_folder.PathOf("second.json")));
    }

    [Fact]
    public void Create_never_replaces_a_file()
    {
        KeyFile.Create(FilePath, _key);
        using PrivateKey other = PrivateKey.FromSeed(new byte[32]);
        KeyFileException exception = Assert.Throws<KeyFileException>(() => KeyFile.Create(FilePath, other));
        Assert.Contains("never replaced", exception.Message, StringComparison.Ordinal);
        using PrivateKey loaded = KeyFile.Load(FilePath);
        Assert.Equal(_key.PublicKey, loaded.PublicKey);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(FilePath)!));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void File_open_to_others_is_refused(UnixFileMode mode)
    {
        KeyFile.Create(FilePath, _key);
        File.SetUnixFileMode(FilePath, File.GetUnixFileMode(FilePath) | mode);
        KeyFileException exception = Assert.Throws<KeyFileException>(() => KeyFile.Load(FilePath));
        Assert.Contains("chmod 600", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_file_folder_and_oversize_are_refused()
    {
        KeyFileException exception = Assert.Throws<KeyFileException>(() => KeyFile.Load(FilePath));
        Assert.Contains("missing", exception.Message, StringComparison.Ordinal);
        Assert.Throws<KeyFileException>(() => KeyFile.Load(_folder.Root));
        KeyFile.Create(FilePath, _key);
        File.WriteAllBytes(FilePath, new byte[100_000]);
        Assert.Throws<KeyFileException>(() => KeyFile.Load(FilePath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    public void Other_content_is_refused(string content)
    {
        KeyFile.Create(FilePath, _key);
        File.WriteAllText(FilePath, content);
        Assert.Throws<KeyFileException>(() => KeyFile.Load(FilePath));
    }

    [Fact]
    public void Seed_of_another_key_is_refused()
    {
        KeyFile.Create(FilePath, _key);
        string text = File.ReadAllText(FilePath);
        File.WriteAllText(FilePath, text.Replace(Convert.ToBase64String(_key.ExportSeed()), Convert.ToBase64String(new byte[32]), StringComparison.Ordinal));
        KeyFileException exception = Assert.Throws<KeyFileException>(() => KeyFile.Load(FilePath));
        Assert.Contains("another public key", exception.Message, StringComparison.Ordinal);
    }
}
