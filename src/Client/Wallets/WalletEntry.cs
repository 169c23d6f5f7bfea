using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Client.Wallets;

/// <summary>A key of the wallet without its secret.</summary>
public sealed record WalletEntry(string Name, PublicKey PublicKey, bool IsEncrypted, string File)
{
    public Address Address { get; } = PublicKey.Address;
}
