using System.Collections.Generic;
using System.Text;
using Chain.Primitives.Crypto;

namespace Chain.Client.Wallets;

/// <summary>
/// The accounts of every dev chain. Their secrets follow from their names, so everybody knows them: they are for playing
/// on one's own machine and must never hold anything of worth.
/// </summary>
public static class DevKeys
{
    /// <summary>Pays out what <c>chain faucet</c> gives.</summary>
    public const string Faucet = "faucet";

    /// <summary>May attest providers: the genesis of a dev chain accredits it.</summary>
    public const string Auditor = "auditor";

    /// <summary>Ten people with money.</summary>
    public static IReadOnlyList<string> People { get; } =
        ["alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy"];

    /// <summary>The 32 secret bytes of a name: SHA-256 of "chain/dev-key/" and the name.</summary>
    public static byte[] SeedOf(string name) => Sha256.Hash(Encoding.UTF8.GetBytes("chain/dev-key/" + name)).ToArray();

    public static PublicKey PublicKeyOf(string name)
    {
        using PrivateKey key = PrivateKey.FromSeed(SeedOf(name));
        return key.PublicKey;
    }
}
