using System;

namespace Chain.Primitives.Crypto;

/// <summary>Verifies each time anew.</summary>
public sealed class Ed25519Verifier : ISignatureVerifier
{
    private Ed25519Verifier()
    {
    }

    public static Ed25519Verifier Instance { get; } = new();

    public bool Verify(in PublicKey key, ReadOnlySpan<byte> message, in Signature signature) =>
        Ed25519.Verify(key, message, signature);
}
