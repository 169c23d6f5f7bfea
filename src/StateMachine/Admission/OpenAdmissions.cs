using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Admission;

/// <summary>Load and store of open proposals, by their hash, and how many each validator has opened.</summary>
public static class OpenAdmissions
{
    private static readonly byte[] Mark = [0x91, 0x01];

    public static OpenAdmission? Read(IStateReader state, in Hash256 id)
    {
        byte[]? bytes = state.Get(StoreId.Meta, Schema.Key(Schema.Admission, id));
        return bytes is null ? null : Decode(bytes);
    }

    /// <summary>The proposal brought to the block's time: one that is due goes now.</summary>
    public static OpenAdmission? Load(ExecutionContext context, in Hash256 id)
    {
        Move(context, id.ToArray());
        return Read(context.State, id);
    }

    public static void Store(StateOverlay state, OpenAdmission admission)
    {
        Hash256 id = admission.Proposal.Id;
        state.Put(StoreId.Meta, Schema.Key(Schema.Admission, id), admission.Encode());
        state.Put(StoreId.Meta, Schema.Key(Schema.AdmissionOpener, admission.Opener, id), Mark);
        TimedQueue.Schedule(state, admission.Due, TimedKind.Admission, id.Span);
    }

    public static void Remove(StateOverlay state, OpenAdmission admission)
    {
        Hash256 id = admission.Proposal.Id;
        state.Delete(StoreId.Meta, Schema.Key(Schema.Admission, id));
        state.Delete(StoreId.Meta, Schema.Key(Schema.AdmissionOpener, admission.Opener, id));
        TimedQueue.Cancel(state, admission.Due, TimedKind.Admission, id.Span);
    }

    /// <summary>Open proposals of a validator that are not due.</summary>
    public static int CountOf(ExecutionContext context, in Address opener)
    {
        byte[] from = Schema.Key(Schema.AdmissionOpener, opener);
        int count = 0;
        foreach ((byte[] key, _) in context.State.Range(StoreId.Meta, from, Schema.RangeEnd(from)))
        {
            if (Load(context, Hash256.From(key.AsSpan(from.Length))) is not null) count++;
        }
        return count;
    }

    internal static void Move(ExecutionContext context, byte[] id)
    {
        if (Read(context.State, Hash256.From(id)) is not { } admission || admission.Due > context.Now) return;
        Remove(context.State, admission);
        context.Emit(new Event("AdmissionExpired", [new("id", admission.Proposal.Id)]));
    }

    private static OpenAdmission Decode(byte[] bytes)
    {
        bool isCanonical = OpenAdmission.TryDecode(bytes, out OpenAdmission admission, out _);
        Invariant.Holds(isCanonical, "a stored proposal is canonical");
        return admission;
    }
}
