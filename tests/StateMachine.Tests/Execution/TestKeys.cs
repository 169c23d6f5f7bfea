using System.Text;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.StateMachine.Tests.Execution;

/// <summary>Keys that follow from names, the same in every run; the names of dev chains give the keys of dev chains.</summary>
internal static class TestKeys
{
    public static PrivateKey Of(string name) =>
        PrivateKey.FromSeed(Sha256.Hash(Encoding.UTF8.GetBytes("chain/dev-key/" + name)).Span);

    public static PublicKey PublicOf(string name)
    {
        using PrivateKey key = Of(name);
        return key.PublicKey;
    }

    public static Address AddressOf(string name) => PublicOf(name).Address;
}
