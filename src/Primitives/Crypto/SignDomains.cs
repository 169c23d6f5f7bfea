using System;

namespace Chain.Primitives.Crypto;

/// <summary>
/// Every domain under which this chain signs its own structures; the domain's bytes stand before the signed bytes. Votes and
/// proposals follow CometBFT instead: their sign bytes start with a length, never with these letters.
/// </summary>
public static class SignDomains
{
    /// <summary>A transaction's body.</summary>
    public static ReadOnlySpan<byte> Transaction => "chain/transaction/1"u8;

    /// <summary>What a participant of the market signs for others off the chain.</summary>
    public static ReadOnlySpan<byte> Statement => "chain/statement/1"u8;

    /// <summary>Genesis hash and generation, from which a validator makes its hash chain for the beacon. The signature stays secret.</summary>
    public static ReadOnlySpan<byte> BeaconSeed => "chain/beacon-seed/1"u8;
}
