using System;
using System.Security.Cryptography;

namespace Chain.Primitives.Crypto;

/// <summary>An Ed25519 key pair made from a 32-byte seed. Disposing wipes the secret.</summary>
public sealed class PrivateKey : IDisposable
{
    private readonly byte[] _expanded = new byte[LibSodium.SecretKeySize];

    private PrivateKey() { }

    public PublicKey PublicKey { get; private set; }

    /// <summary>Derives the pair from exactly 32 secret bytes.</summary>
    public static PrivateKey FromSeed(ReadOnlySpan<byte> seed)
    {
        Invariant.Holds(seed.Length == Ed25519.SeedSize, "a seed has 32 bytes");
        PrivateKey key = new();
        PublicKey publicKey = default;
        LibSodium.DeriveKeyPair(seed, publicKey, key._expanded);
        key.PublicKey = publicKey;
        return key;
    }

    public Signature Sign(ReadOnlySpan<byte> message)
    {
        Signature signature = default;
        LibSodium.Sign(message, _expanded, signature);
        return signature;
    }

    /// <summary>Copies the 32 secret bytes, for a key file.</summary>
    public byte[] ExportSeed() => _expanded.AsSpan(0, Ed25519.SeedSize).ToArray();

    public void Dispose() => CryptographicOperations.ZeroMemory(_expanded);
}
