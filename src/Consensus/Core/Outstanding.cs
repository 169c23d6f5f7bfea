using Chain.Consensus.Recovery;
using Chain.Consensus.Votes;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Core;

/// <summary>What a core that was brought back by a replay still owes to the world.</summary>
internal static class Outstanding
{
    public static void Append(HeightState state, EffectList effects)
    {
        AppendOwnMessages(state, effects);
        if (state.Decision is { } decision)
        {
            effects.Add(new Effect.Persist(new WalRecord.Decided(decision)));
            effects.Add(new Effect.Decide(decision));
            return;
        }
        foreach (KnownValue value in state.Values)
        {
            if (value.IsValid is null) effects.Add(new Effect.ValidateValue(state.Height, value.AskedIn, value.Id));
        }
        if (state.IsBuilding) effects.Add(PaperRules.BuildEffect(state));
        if (state.PendingProposal is { } proposal) effects.Add(new Effect.SignProposal(proposal));
        foreach (UnsignedVote vote in state.PendingVotes) effects.Add(new Effect.SignVote(vote));

        if (state.IsWaitingForWork) PaperRules.Schedule(state, TimeoutKind.EmptyBlock, effects);
        else if (state.Step == Step.Propose) PaperRules.Schedule(state, TimeoutKind.Propose, effects);
        if (state.HasPrevoteTimeout && state.Step == Step.Prevote) PaperRules.Schedule(state, TimeoutKind.Prevote, effects);
        if (state.HasPrecommitTimeout) PaperRules.Schedule(state, TimeoutKind.Precommit, effects);
    }

    /// <summary>They are in the log, but whether they left before the crash is not known.</summary>
    private static void AppendOwnMessages(HeightState state, EffectList effects)
    {
        if (state.SelfIndex < 0) return;
        Proposal? proposal = state.Messages.Get(state.Round)?.Proposal;
        if (proposal is not null && state.Rotation.IndexOf(state.Round) == state.SelfIndex)
        {
            effects.Add(new Effect.BroadcastProposal(proposal));
        }
        foreach (RoundMessages messages in state.Messages.Rounds)
        {
            if (messages.Prevotes.Of(state.SelfIndex) is { } prevote) effects.Add(new Effect.BroadcastVote(prevote));
            if (messages.Precommits.Of(state.SelfIndex) is { } precommit) effects.Add(new Effect.BroadcastVote(precommit));
        }
    }
}
