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

    /// <summary>The SubjectPublicKeyInfo of a node's TLS certificate, signed by its node key.</summary>
    public static ReadOnlySpan<byte> NodeCertificate => "chain/node-certificate/1"u8;

    /// <summary>Proof that whoever asks for an access, or leaves one, holds the node key.</summary>
    public static ReadOnlySpan<byte> Access => "chain/access/1"u8;

    /// <summary>Proof that whoever asks for a seat, or changes its keys, holds the keys.</summary>
    public static ReadOnlySpan<byte> Seat => "chain/seat/1"u8;

    /// <summary>A key that is to speak for an account shows that somebody holds it.</summary>
    public static ReadOnlySpan<byte> KeyRotation => "chain/key-rotation/1"u8;

    /// <summary>What a participant of the market signs for others off the chain.</summary>
    public static ReadOnlySpan<byte> Statement => "chain/statement/1"u8;

    /// <summary>Genesis hash and generation, from which a validator makes its hash chain for the beacon. The signature stays secret.</summary>
    public static ReadOnlySpan<byte> BeaconSeed => "chain/beacon-seed/1"u8;

    /// <summary>What an operator gives to the genesis of a chain with several, signed by each key that stands in it.</summary>
    public static ReadOnlySpan<byte> GenesisContribution => "chain/genesis-contribution/1"u8;
}
