using System;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Consensus.Core;

/// <summary>
/// The Tendermint core (arXiv 1807.04938, algorithm 1) as a function from input to effects: synchronous, total, one writer,
/// no clock. Never throws on what a peer sent. Our own messages are counted here when their signature arrives.
/// </summary>
public sealed class HeightMachine
{
    /// <param name="self">The address that signs here; null for a node that only follows.</param>
    public HeightMachine(Address? self) => Self = self;

    public Address? Self { get; }

    public Height Height { get; private set; }

    public Round Round { get; private set; }

    public Step Step { get; private set; }

    /// <summary>True while round 0 waits for work.</summary>
    public bool IsWaitingForWork { get; private set; }

    /// <summary>The set of this height, priorities as of round 0; null before the first height.</summary>
    public ValidatorSet? Validators { get; private set; }

    public BlockId LockedValue { get; private set; }

    public Round LockedRound { get; private set; } = Round.None;

    public BlockId ValidValue { get; private set; }

    public Round ValidRound { get; private set; } = Round.None;

    /// <summary>Appends what the input causes. The caller clears the list.</summary>
    public void Apply(Input input, EffectList effects) => throw new NotImplementedException();

    /// <summary>
    /// After a replay: appends again whatever is outstanding (own messages of this round to broadcast, signatures, builds and
    /// validations unanswered, timeouts unfired, the decision).
    /// </summary>
    public void Resume(EffectList effects) => throw new NotImplementedException();

    /// <summary>
    /// Who proposes in a round of this height: whose key the proposal's signature must verify with. False for another height,
    /// before the first one, and for rounds too far ahead (<see cref="ConsensusLimits.ProposalRoundsAheadMax"/>).
    /// </summary>
    public bool TryProposerOf(Height height, Round round, out Validator proposer) => throw new NotImplementedException();

    /// <summary>The commit of the height before this one (once decided: of this one), late precommits included.</summary>
    public Commit LastCommit() => throw new NotImplementedException();
}
