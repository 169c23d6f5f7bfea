using System;

namespace Chain.StateMachine.Proofs;

/// <summary>One operation of a query's proof (<c>tendermint.crypto.ProofOp</c>).</summary>
/// <param name="type">Which kind of proof.</param>
/// <param name="key">Key in that level's tree.</param>
/// <param name="data">Protobuf of the ICS-23 commitment proof.</param>
public sealed class ProofOp(string type, byte[] key, byte[] data)
{
    /// <summary>A proof in a store's tree; the key is the raw key.</summary>
    public const string Smt = "ics23:smt";

    /// <summary>A proof of a store's root under the app hash; the key is the store's name.</summary>
    public const string Simple = "ics23:simple";

    public string Type { get; } = type;

    public byte[] Key { get; } = key;

    public byte[] Data { get; } = data;

    internal bool Is(string type, ReadOnlySpan<byte> key) => Type == type && Key.AsSpan().SequenceEqual(key);
}
