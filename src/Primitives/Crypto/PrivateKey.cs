using System;
using NSec.Cryptography;

namespace Chain.Primitives.Crypto;

/// <summary>
/// An Ed25519 key pair made from a 32-byte seed. The secret lies in NSec's guarded memory, which is never swapped out and is wiped
/// when the key is disposed; any use after that throws <see cref="ObjectDisposedException"/>.
/// </summary>
/// <remarks>
/// Guarded memory takes four of the 65,530 mappings that Linux gives a process by default, so a program holds thousands of keys at
/// the most: dispose what is not needed any more.
/// </remarks>
public sealed class PrivateKey : IDisposable
{
    private static KeyCreationParameters Exportable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };

    private readonly Key _key;

    private PrivateKey(Key key)
    {
        _key = key;
        PublicKey = PublicKey.From(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    public PublicKey PublicKey { get; }

    /// <summary>Derives the pair from exactly 32 secret bytes.</summary>
    public static PrivateKey FromSeed(ReadOnlySpan<byte> seed)
    {
        Invariant.Holds(seed.Length == Ed25519.SeedSize, "a seed has 32 bytes");
        return new PrivateKey(Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, Exportable));
    }

    public Signature Sign(ReadOnlySpan<byte> message)
    {
        Signature signature = default;
        SignatureAlgorithm.Ed25519.Sign(_key, message, signature);
        return signature;
    }

    /// <summary>Copies the 32 secret bytes, for a key file.</summary>
    public byte[] ExportSeed() => _key.Export(KeyBlobFormat.RawPrivateKey);

    public void Dispose() => _key.Dispose();
}
