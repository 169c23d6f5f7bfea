using Chain.Primitives.Blocks;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Proofs;

/// <summary>What a state query with a proof answers.</summary>
/// <param name="store">The store that was asked.</param>
/// <param name="key">Raw key.</param>
/// <param name="value">Its value after the block of that height; null where it is absent.</param>
/// <param name="height">Height of the state. The header of the next height carries the app hash that proves it.</param>
/// <param name="ops">The operations, lowest first: key in its store, store under the app hash.</param>
public sealed class StateProof(StoreId store, byte[] key, byte[]? value, Height height, ProofOp[] ops)
{
    public StoreId Store { get; } = store;

    public byte[] Key { get; } = key;

    public byte[]? Value { get; } = value;

    public Height Height { get; } = height;

    public ProofOp[] Ops { get; } = ops;
}
