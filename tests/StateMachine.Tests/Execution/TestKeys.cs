using System;
using System.Collections.Concurrent;
using System.Text;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.StateMachine.Tests.Execution;

/// <summary>Keys that follow from names, the same in every run; the names of dev chains give the keys of dev chains.</summary>
internal static class TestKeys
{
    /// <summary>To derive a key takes as long as to sign, and names are asked for in every step of a life.</summary>
    private static readonly ConcurrentDictionary<string, (PublicKey Key, Address Address)> Known = new(StringComparer.Ordinal);

    public static PrivateKey Of(string name) =>
        PrivateKey.FromSeed(Sha256.Hash(Encoding.UTF8.GetBytes("chain/dev-key/" + name)).Span);

    public static PublicKey PublicOf(string name) => Known.GetOrAdd(name, Derive).Key;

    public static Address AddressOf(string name) => Known.GetOrAdd(name, Derive).Address;

    private static (PublicKey Key, Address Address) Derive(string name)
    {
        using PrivateKey key = Of(name);
        return (key.PublicKey, key.PublicKey.Address);
    }
}
