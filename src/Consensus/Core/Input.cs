using Chain.Consensus.Recovery;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Core;

/// <summary>
/// What happens to the core. Closed: these kinds and no others. Signatures have been checked before; everything else is
/// checked here, and whatever is stale, foreign or malformed is dropped.
/// </summary>
public abstract record Input
{
    private Input() { }

    /// <summary>A height begins: any height above the last one started, also right after a sync.</summary>
    /// <param name="Validators">The set that decides this height, priorities as of round 0.</param>
    /// <param name="LastCommit">The commit of the height before; <see cref="Commit.Empty"/> before the first block.</param>
    /// <param name="PreviousTime">Time of the last block, or of the genesis.</param>
    /// <param name="EmptyBlockWaitMs">How long round 0 may wait for work; 0 starts at once.</param>
    public sealed record HeightStarted(
        Height Height,
        ValidatorSet Validators,
        Commit LastCommit,
        Timestamp PreviousTime,
        ConsensusTiming Timing,
        long EmptyBlockWaitMs) : Input;

    /// <summary>There is something to put into a block: ends the wait of round 0. Harmless at any other moment.</summary>
    public sealed record WorkAvailable : Input;

    /// <summary>A proposal signed by the proposer of its height and round (<see cref="HeightMachine.TryProposerOf"/>).</summary>
    /// <param name="ReceivedMs">Local clock at receipt, Unix milliseconds.</param>
    public sealed record ProposalReceived(Proposal Proposal, long ReceivedMs) : Input;

    /// <summary>A vote whose signature is that of the validator it names.</summary>
    public sealed record VoteReceived(Vote Vote) : Input;

    /// <summary>Answers <see cref="Effect.BuildValue"/>. If nothing can be built, no answer is due.</summary>
    public sealed record ValueBuilt(Height Height, Round Round, BlockId BlockId, Timestamp Time) : Input;

    /// <summary>
    /// Answers <see cref="Effect.ValidateValue"/>, once the whole block is here. Validity depends on the block and the state
    /// before it alone, never on the round or the proposal.
    /// </summary>
    /// <param name="Time">The header's time; any value when the block is not valid.</param>
    public sealed record ValueValidated(Height Height, BlockId BlockId, bool IsValid, Timestamp Time) : Input;

    /// <summary>Answers <see cref="Effect.SignVote"/>. The core counts it itself: do not feed it as received.</summary>
    public sealed record VoteSigned(Vote Vote) : Input;

    /// <summary>Answers <see cref="Effect.SignProposal"/>. The core receives it itself: do not feed it as received.</summary>
    /// <param name="SignedMs">Local clock, Unix milliseconds: our own time of receipt.</param>
    public sealed record ProposalSigned(Proposal Proposal, long SignedMs) : Input;

    /// <summary>The guard refused. The core goes on without this message.</summary>
    public sealed record SignRefused(Height Height, Round Round, VoteType Type, SignCode Code) : Input;

    public sealed record TimeoutElapsed(Timeout Timeout) : Input;

    /// <summary>A commit that was decided elsewhere and verified against this height's set.</summary>
    public sealed record CertificateReceived(Commit Commit) : Input;
}
