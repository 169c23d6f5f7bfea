using System.Collections.Generic;
using Chain.Consensus.Core;
using Chain.Consensus.Votes;
using Chain.Primitives.Blocks;

namespace Chain.Node.Core;

/// <summary>Where consensus stands at one moment; a copy, to be read on any thread.</summary>
/// <param name="Validators">The set of the height.</param>
/// <param name="ProposerIndex">Who proposes in the round.</param>
/// <param name="LastTime">Time of the block before.</param>
public sealed record ConsensusView(
    Height Height,
    Round Round,
    Step Step,
    ValidatorSet Validators,
    int ProposerIndex,
    Timestamp LastTime,
    BlockId Proposed,
    BlockId Locked,
    BlockId Valid,
    IReadOnlyList<RoundView> Rounds)
{
    /// <summary>Call it on the replica's thread, once a height has begun.</summary>
    internal static ConsensusView Of(HeightMachine machine, Timestamp lastTime)
    {
        ValidatorSet validators = machine.Validators!;
        List<RoundView> rounds = [];
        BlockId proposed = BlockId.Nil;
        foreach (RoundMessages messages in machine.Rounds)
        {
            if (messages.Round == machine.Round) proposed = messages.Proposal?.BlockId ?? BlockId.Nil;
            rounds.Add(new RoundView(messages.Round, VotesOf(messages.Prevotes), VotesOf(messages.Precommits)));
        }
        return new ConsensusView(
            machine.Height,
            machine.Round,
            machine.Step,
            validators,
            new ProposerRotation(validators).IndexOf(machine.Round),
            lastTime,
            proposed,
            machine.LockedValue,
            machine.ValidValue,
            rounds);
    }

    private static Vote?[] VotesOf(VoteTally tally)
    {
        Vote?[] votes = new Vote?[tally.Size];
        for (int i = 0; i < votes.Length; i++) votes[i] = tally.Of(i);
        return votes;
    }
}
