using System;
using System.Collections.Generic;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Proof.Capacity;

/// <summary>
/// The end of an epoch of capacity proofs: each missed unit costs a share of its stake and counts as a fail; too many of them jail the
/// provider (marketplace.md 5.1 "capacity proof").
/// </summary>
internal static class CapacityJudge
{
    /// <param name="next">When the next epoch begins.</param>
    public static CapacityProofs Judge(ExecutionContext context, CapacityProofs open, MarketTime next)
    {
        Parameters parameters = context.Block.Parameters;
        List<ClassProof> classes = [];
        ulong missed = 0;
        bool isFailed = false;
        foreach (ClassProof proof in open.Classes)
        {
            ClassProof judged = JudgeClass(context, open, proof);
            missed += proof.Challenged - proof.MarkedCount;
            isFailed |= judged.Fails > 0 && judged.Fails >= parameters.CapacityFailsMax * proof.Challenged;
            classes.Add(judged);
        }
        if (isFailed) classes = classes.ConvertAll(proof => proof with { Proven = 0, Fails = 0 });
        if (missed > 0) Punish(context, open, missed, isFailed);
        return open with { State = CapacityState.Idle, Seed = default, Due = next, Classes = classes };
    }

    private static ClassProof JudgeClass(ExecutionContext context, CapacityProofs open, ClassProof proof)
    {
        ulong marked = proof.MarkedCount;
        ulong missed = proof.Challenged - marked;
        ulong size = context.Block.Parameters.CapacityUnit(proof.Class);
        ClassProof judged = proof.Challenge(0) with
        {
            IsJudged = true,
            Proven = marked * size,
            Fails = missed == 0 ? 0 : proof.Fails + missed,
        };
        context.Emit(new Event("CapacityJudged",
        [
            new("provider", open.Provider),
            new("from", CapacityClock.NameOf(open.State)),
            new("to", CapacityClock.NameOf(CapacityState.Idle)),
            new("class", ResourceNames.Of(proof.Class)),
            new("challenged", proof.Challenged),
            new("missed", missed),
            new("proven_units", judged.Proven),
            new("fails", judged.Fails),
        ]));
        return judged;
    }

    private static void Punish(ExecutionContext context, CapacityProofs open, ulong missed, bool isFailed)
    {
        Parameters parameters = context.Block.Parameters;
        Provider provider = Payments.ProviderOf(context, open.Provider);
        UInt128 wanted = (UInt128)parameters.CapacityUnitStake * missed * parameters.CapacitySlashBps / LeaseMath.BasisPoints;
        ulong amount = SlashCap.Take(context, Role.Provider, provider.Address, provider.Stake, wanted, open.Due);
        Provider after = provider with { Stake = provider.Stake.WithSlashed(amount) };
        if (isFailed) after = Jails.Enter(context, after, "capacity");
        Providers.Store(context.State, after);
        SlashSplit.ToPools(context, amount);
        context.Emit(new Event("Slashed",
        [
            new("cause", "capacity"),
            new("provider", provider.Address),
            new("from", provider.Status.ToString().ToLowerInvariant()),
            new("to", after.Status.ToString().ToLowerInvariant()),
            new("missed", missed),
            new("stake_from", (ulong)provider.Stake.Held),
            new("stake_to", (ulong)after.Stake.Held),
            new("reliability", amount / 2),
            new("burned", amount - (amount / 2)),
        ]));
    }
}
