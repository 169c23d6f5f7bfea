using System;
using System.Collections.Generic;
using System.Threading;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Node.Core;

/// <summary>
/// Remembers which (key, message, signature) it has verified, so that a transaction is checked once in a node's life and a
/// vote is not checked again as part of a commit. Remembers at most twice the bound; false is never remembered. Safe for
/// many threads.
/// </summary>
/// <param name="countMax">How many one generation holds; the older of two is forgotten when the newer is full.</param>
public sealed class VerifiedSignatures(ISignatureVerifier inner, int countMax) : ISignatureVerifier
{
    private readonly Lock _lock = new();
    private HashSet<Hash256> _newer = [];
    private HashSet<Hash256> _older = [];
    private long _verified;
    private long _refused;
    private long _remembered;

    /// <summary>Checks that found a good signature.</summary>
    public long VerifiedCount => Interlocked.Read(ref _verified);

    /// <summary>Checks that found a bad one.</summary>
    public long RefusedCount => Interlocked.Read(ref _refused);

    /// <summary>Checks that were spared.</summary>
    public long RememberedCount => Interlocked.Read(ref _remembered);

    public bool Verify(in PublicKey key, ReadOnlySpan<byte> message, in Signature signature)
    {
        Hash256 name = NameOf(key, message, signature);
        lock (_lock)
        {
            if (_newer.Contains(name) || _older.Contains(name))
            {
                _remembered++;
                return true;
            }
        }
        if (!inner.Verify(key, message, signature))
        {
            Interlocked.Increment(ref _refused);
            return false;
        }
        Interlocked.Increment(ref _verified);
        lock (_lock)
        {
            if (_newer.Count >= countMax)
            {
                (_newer, _older) = (_older, _newer);
                _newer.Clear();
            }
            _newer.Add(name);
        }
        return true;
    }

    /// <summary>Key and signature have fixed sizes, so the concatenation is unambiguous.</summary>
    private static Hash256 NameOf(in PublicKey key, ReadOnlySpan<byte> message, in Signature signature)
    {
        byte[] bytes = new byte[PublicKey.Size + Signature.Size + message.Length];
        key.Span.CopyTo(bytes);
        signature.Span.CopyTo(bytes.AsSpan(PublicKey.Size));
        message.CopyTo(bytes.AsSpan(PublicKey.Size + Signature.Size));
        return Sha256.Hash(bytes);
    }
}
