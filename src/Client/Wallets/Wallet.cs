using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using Chain.Client.Errors;
using Chain.Primitives.Crypto;

namespace Chain.Client.Wallets;

/// <summary>
/// A folder of key files, <c>NAME.json</c> each, readable by their owner alone. Failures are <see cref="ClientException"/>s.
/// </summary>
public sealed class Wallet(string folder)
{
    private const int NameLengthMax = 64;
    private const string Extension = ".json";

    public string Folder => folder;

    /// <summary>Every key, by name. Files that are no key documents are skipped.</summary>
    public IReadOnlyList<WalletEntry> List()
    {
        List<WalletEntry> entries = [];
        if (!Directory.Exists(folder)) return entries;
        string[] files = Directory.GetFiles(folder, "*" + Extension);
        Array.Sort(files, StringComparer.Ordinal);
        foreach (string file in files)
        {
            string name = Path.GetFileNameWithoutExtension(file);
            if (TryReadEntry(name, file, out WalletEntry? entry, out _)) entries.Add(entry!);
        }
        return entries;
    }

    /// <summary>The key of a name, or null.</summary>
    public WalletEntry? Find(string name)
    {
        if (!IsName(name) || !File.Exists(FileOf(name))) return null;
        return TryReadEntry(name, FileOf(name), out WalletEntry? entry, out string error) ? entry
            : throw Damaged(name, error);
    }

    /// <summary>Makes a key from fresh randomness, or from a seed of 32 bytes, and writes its file.</summary>
    /// <param name="passphrase">Seals the file; null leaves the secret readable to whoever can read the file.</param>
    public WalletEntry Create(string name, string? passphrase, ReadOnlySpan<byte> seed = default)
    {
        byte[] secret = seed.IsEmpty ? RandomNumberGenerator.GetBytes(Ed25519.SeedSize) : seed.ToArray();
        using PrivateKey key = PrivateKey.FromSeed(secret);
        CryptographicOperations.ZeroMemory(secret);
        byte[] random = RandomNumberGenerator.GetBytes(KeyDocument.RandomBytes);
        return Write(name, KeyDocument.Encode(key, passphrase, random));
    }

    /// <summary>Takes over a key document as it is, sealed or not.</summary>
    public WalletEntry Import(string name, string document)
    {
        if (KeyDocument.TryReadPublicKey(document, out _, out _, out string error)) return Write(name, document);
        throw new ClientException(ClientErrorCode.KeyFile, "This is not a key file.", $"It is {error}.",
            "Use a file that 'chain keys export' or a wallet wrote, or pass the seed as 64 hex digits.");
    }

    /// <summary>The secret key. The caller disposes it.</summary>
    public PrivateKey Open(string name, string? passphrase)
    {
        WalletEntry entry = Find(name) ?? throw Missing(name);
        PrivateFile.RefuseIfOpenToOthers(entry.File);
        if (entry.IsEncrypted && passphrase is null)
        {
            throw new ClientException(ClientErrorCode.KeyFile, $"The key '{name}' is encrypted.",
                "Its secret cannot be read without the passphrase.", "Pass --passphrase-file FILE.");
        }
        return KeyDocument.TryDecode(File.ReadAllText(entry.File), passphrase, out PrivateKey? key, out string error)
            ? key
            : throw new ClientException(ClientErrorCode.KeyFile, $"The key '{name}' cannot be opened.", error + ".",
                "Check the passphrase, or take the file from a backup.");
    }

    /// <summary>The key's file as text, to copy elsewhere.</summary>
    public string Export(string name) => File.ReadAllText((Find(name) ?? throw Missing(name)).File);

    private WalletEntry Write(string name, string document)
    {
        if (!IsName(name))
        {
            throw new ClientException(ClientErrorCode.BadInput, $"'{name}' cannot be the name of a key.",
                $"A name has 1 to {NameLengthMax} lower-case letters, digits, '-' or '_'.",
                "Choose another, for example 'alice'.");
        }
        string file = FileOf(name);
        PrivateFile.Write(file, document);
        return TryReadEntry(name, file, out WalletEntry? entry, out string error) ? entry! : throw Damaged(name, error);
    }

    private static bool TryReadEntry(string name, string file, out WalletEntry? entry, out string error)
    {
        bool isKey = KeyDocument.TryReadPublicKey(File.ReadAllText(file), out PublicKey key, out bool isEncrypted,
            out error);
        entry = isKey ? new WalletEntry(name, key, isEncrypted, file) : null;
        return isKey;
    }

    /// <summary>1 to 64 lower-case letters, digits, dashes and underscores.</summary>
    public static bool IsName(string name)
    {
        if (name.Length is 0 or > NameLengthMax) return false;
        foreach (char c in name)
        {
            if (!(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')) return false;
        }
        return true;
    }

    private string FileOf(string name) => Path.Combine(folder, name + Extension);

    private ClientException Missing(string name) => new(new ClientError(ClientErrorCode.KeyFile, $"There is no key named '{name}'.",
        $"The wallet is the folder {folder}.", "See the names with 'chain keys list', or make the key:")
    {
        Command = ["chain", "keys", "new", name],
    });

    private ClientException Damaged(string name, string error) => new(ClientErrorCode.KeyFile,
        $"The key file of '{name}' is damaged.", $"{FileOf(name)} is {error}.", "Take it from a backup.");
}
