using System;

namespace Chain.Primitives.Crypto;

/// <summary>
/// Judges signatures by the chain's rule (<see cref="Ed25519"/>). A port, so that a node may remember what it has verified and a
/// simulator of many nodes may verify once for all of them.
/// </summary>
public interface ISignatureVerifier
{
    /// <summary>True when the signature is the key's over the message. Never throws on any bytes.</summary>
    bool Verify(in PublicKey key, ReadOnlySpan<byte> message, in Signature signature);
}
