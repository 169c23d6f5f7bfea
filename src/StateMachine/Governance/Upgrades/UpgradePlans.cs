using Chain.Primitives;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Governance.Upgrades;

/// <summary>The upgrade that is planned; there is at most one.</summary>
public static class UpgradePlans
{
    public static UpgradePlan? Load(IStateReader state)
    {
        byte[]? bytes = state.Get(StoreId.Meta, Schema.Key(Schema.UpgradePlan));
        if (bytes is null) return null;
        bool isCanonical = UpgradePlan.TryDecode(bytes, out UpgradePlan plan, out _);
        Invariant.Holds(isCanonical, "the stored upgrade plan is canonical");
        return plan;
    }

    /// <summary>Writes the plan, or calls off the one that there is; <paramref name="before"/> is the plan in its place.</summary>
    public static void Store(StateOverlay state, UpgradePlan? plan, UpgradePlan? before)
    {
        if (before is not null) TimedQueue.Cancel(state, before.At, TimedKind.Upgrade, []);
        if (plan is null)
        {
            state.Delete(StoreId.Meta, Schema.Key(Schema.UpgradePlan));
            return;
        }
        state.Put(StoreId.Meta, Schema.Key(Schema.UpgradePlan), plan.Encode());
        TimedQueue.Schedule(state, plan.At, TimedKind.Upgrade, []);
    }

    /// <summary>
    /// The timed move: from the next block on the plan's rules are in force. A node that does not have them stops there.
    /// </summary>
    internal static void Move(ExecutionContext context, byte[] id)
    {
        UpgradePlan? plan = Load(context.State);
        if (plan is null || plan.At > context.Now) return;
        AppVersions.Store(context.State, plan.Version);
        Store(context.State, null, plan);
        context.Emit(new Event("UpgradeReached", [new("version", plan.Version), new("program", plan.Program)]));
    }
}
