using System;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Proof.Capacity;

/// <summary>
/// What a provider may promise: no more than it has proven (marketplace.md 5.6, P8). A class that the parameters do not ask to be proven
/// counts as declared. What was promised before stays when less is proven later, but nothing is added to it.
/// </summary>
public static class ProvenCapacity
{
    /// <summary>Units of a class that a new bid may promise. The provider's proofs must have been brought to the block's time.</summary>
    public static ulong FreeOf(ExecutionContext context, Provider provider, ResourceClass resource)
    {
        ClassCapacity capacity = provider.SumOf(resource);
        ulong usable = UsableOf(context.State, context.Block.Parameters, provider.Address, capacity);
        ulong promised = capacity.Reserved + capacity.Leased;
        return usable > promised ? usable - promised : 0;
    }

    /// <summary>True when all of the units, with named cards, are there, proven and promised to nobody.</summary>
    public static bool HasFree(ExecutionContext context, Provider provider, ResourceVector units)
    {
        if (!provider.HasFree(units)) return false;
        foreach (ResourceClass resource in Enum.GetValues<ResourceClass>())
        {
            ulong wanted = units.Of(resource);
            if (wanted > 0 && FreeOf(context, provider, resource) < wanted) return false;
        }
        return true;
    }

    /// <summary>True when what leases hold and these units, which a bid has reserved, are together no more than is there and proven.</summary>
    public static bool Covers(ExecutionContext context, Provider provider, ResourceVector units)
    {
        foreach (ResourceClass resource in Enum.GetValues<ResourceClass>())
        {
            ulong wanted = units.Of(resource);
            ClassCapacity capacity = provider.SumOf(resource);
            ulong usable = UsableOf(context.State, context.Block.Parameters, provider.Address, capacity);
            if (wanted > 0 && (UInt128)capacity.Leased + wanted > usable) return false;
        }
        return true;
    }

    /// <summary>Units that are proven, or that a newcomer may promise before its first proof was due.</summary>
    public static ulong UsableOf(IStateReader state, Parameters parameters, in Address provider, ClassCapacity capacity)
    {
        ulong size = parameters.CapacityUnit(capacity.Class);
        if (size == 0) return capacity.Total;
        ClassProof? known = CapacityProofs.Read(state, provider)?.Find(capacity.Class);
        ulong proven = known is { IsJudged: true } ? known.Proven : parameters.CapacityNewcomerUnits * size;
        return Math.Min(capacity.Total, proven);
    }
}
