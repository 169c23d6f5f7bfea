using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Proof.Logs;

/// <summary>
/// Kind 19, version 3. The state keeps the newest root of a lease; older ones are proven by their events. The record goes with its lease.
/// </summary>
public static class AnchorLogRules
{
    private const int CodecVersion = 1;

    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        AnchorLog request = (AnchorLog)message;
        Lease? lease = LeaseClock.Load(context, request.LeaseId);
        if (lease is null) return ResultCode.NotFound;
        if (lease.Provider != context.Sender) return ResultCode.NotOwner;
        if (!lease.IsLive && lease.State != LeaseState.Closed) return ResultCode.BadState;
        if (request.Root.IsZero) return ResultCode.BadProof;
        ulong last = Find(context.State, lease.Id)?.Index ?? 0;
        if (request.Index <= last) return ResultCode.Replay;
        if (request.Index != last + 1) return ResultCode.TooEarly;
        context.State.Put(
            StoreId.Market, Schema.Key(ProofSchema.LogRoot, lease.Id),
            new MessagePackWriter().Array(3).UInt(CodecVersion).UInt(request.Index).Bin(request.Root).ToArray());
        context.Emit(new Event("LogAnchored",
            [new("lease", lease.Id), new("index", request.Index), new("root", request.Root)]));
        return ResultCode.Ok;
    }

    /// <summary>The newest root of a lease and its index; null before the first.</summary>
    public static (ulong Index, Hash256 Root)? Find(IStateReader state, ulong leaseId)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(ProofSchema.LogRoot, leaseId));
        if (bytes is null) return null;
        MessagePackReader reader = new(bytes);
        reader.Array(3);
        ulong version = reader.UInt();
        ulong index = reader.UInt();
        Hash256 root = reader.Hash256();
        reader.EndArray();
        Invariant.Holds(reader.TryFinish(out _) && version == CodecVersion, "a stored log root is canonical");
        return (index, root);
    }

    internal static void Drop(StateOverlay state, ulong leaseId)
    {
        byte[] key = Schema.Key(ProofSchema.LogRoot, leaseId);
        if (state.Get(StoreId.Market, key) is not null) state.Delete(StoreId.Market, key);
    }
}
