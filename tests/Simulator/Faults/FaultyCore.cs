using Chain.Consensus.Core;
using Chain.Consensus.Votes;
using Chain.Primitives.Blocks;

namespace Chain.Simulator.Faults;

/// <summary>
/// Runs a core's steps with a planted fault: by withholding inputs, changing effects or the core's own memory. The product
/// holds no switch for any of this.
/// </summary>
internal sealed class FaultyCore(HeightMachine core, PlantedFault fault)
{
    private readonly EffectList _caused = new();

    public void Apply(Input input, EffectList effects)
    {
        if (fault == PlantedFault.None)
        {
            core.ApplyDirectly(input, effects);
            return;
        }
        if (IsWithheld(input)) return;
        bool isSecond = fault == PlantedFault.CountsTwice && input is Input.VoteReceived known && IsKnown(known.Vote);
        _caused.Clear();
        core.ApplyDirectly(input, _caused);
        if (isSecond && Double(((Input.VoteReceived)input).Vote) is { } doubled) core.ApplyDirectly(new Input.VoteReceived(doubled), _caused);
        if (fault == PlantedFault.NoLockRule && core.State is { } state) (state.LockedRound, state.LockedValue) = (Round.None, BlockId.Nil);
        bool decides = false;
        foreach (Effect effect in _caused) decides |= effect is Effect.Decide;
        foreach (Effect effect in _caused)
        {
            if (fault == PlantedFault.NoBlock && effect is Effect.PersistBlock && !decides) continue;
            effects.Add(fault == PlantedFault.NoLockRule ? WithoutLock(effect) : effect);
        }
    }

    private bool IsWithheld(Input input) => (fault, input) switch
    {
        (PlantedFault.NoOlderPolka, Input.ProposalReceived received) => received.Proposal.PolRound > Round.None,
        (PlantedFault.NoOlderPolka, Input.ProposalSigned signed) => signed.Proposal.PolRound > Round.None,
        (PlantedFault.NoOlderCommit, Input.VoteReceived { Vote: { Type: VoteType.Precommit } vote }) =>
            vote.Height == core.Height && vote.Round < core.Round && core.Step != Step.Decided,
        _ => false,
    };

    private bool IsKnown(Vote vote) => TallyOf(vote)?.Of(vote.ValidatorIndex) == vote;

    /// <summary>The vote once more, in the place of a validator that has not voted.</summary>
    private Vote? Double(Vote vote)
    {
        if (core.Validators is not { } validators || TallyOf(vote) is not { } tally) return null;
        for (int i = 0; i < validators.Count; i++)
        {
            if (tally.Of(i) is null) return vote with { ValidatorIndex = i, ValidatorAddress = validators.Validators[i].Address };
        }
        return null;
    }

    private VoteTally? TallyOf(Vote vote)
    {
        if (vote.Height != core.Height) return null;
        foreach (RoundMessages messages in core.Rounds)
        {
            if (messages.Round == vote.Round) return messages.Tally(vote.Type);
        }
        return null;
    }

    /// <summary>The guard holds the lock as well, and takes the core's word for the polka of a prevote's block.</summary>
    private static Effect WithoutLock(Effect effect) =>
        effect is Effect.SignVote { Vote: { Type: VoteType.Prevote, BlockId.IsNil: false } vote } && vote.Round > Round.Zero
            ? new Effect.SignVote(vote with { PolRound = new Round(vote.Round.Value - 1) })
            : effect;
}
