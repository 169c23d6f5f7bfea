using Chain.Consensus.Recovery;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Core;

/// <summary>
/// An action that the core asks its runner for. Closed: these kinds and no others, carried out in order. Records persisted before a
/// precommit, before any signature of a round after 0, or before a decision (in this list or an earlier one) are on disk before that
/// signature or decision leaves. Before the proposal and the prevote of round 0 they are only handed to the system (ADR 0012).
/// </summary>
public abstract record Effect
{
    private Effect() { }

    /// <summary>Append to the WAL.</summary>
    public sealed record Persist(WalRecord Record) : Effect;

    /// <summary>
    /// Append the whole block to the WAL as <see cref="WalRecord.BlockStored"/>. Stands once for each block, before the first
    /// precommit for it is signed and before its decision.
    /// </summary>
    public sealed record PersistBlock(Height Height, BlockId BlockId) : Effect;

    /// <summary>Ask guard and key for a signature; answered by <see cref="Input.VoteSigned"/> or <see cref="Input.SignRefused"/>.</summary>
    public sealed record SignVote(UnsignedVote Vote) : Effect;

    /// <summary>Likewise; answered by <see cref="Input.ProposalSigned"/> or <see cref="Input.SignRefused"/>.</summary>
    public sealed record SignProposal(UnsignedProposal Proposal) : Effect;

    /// <summary>Send our own proposal, with what the others need of its block, to everybody.</summary>
    public sealed record BroadcastProposal(Proposal Proposal) : Effect;

    /// <summary>Send our own vote to everybody.</summary>
    public sealed record BroadcastVote(Vote Vote) : Effect;

    /// <summary>Feed <see cref="Input.TimeoutElapsed"/> after the delay. Timeouts are never cancelled.</summary>
    public sealed record ScheduleTimeout(Timeout Timeout, long DelayMs) : Effect;

    /// <summary>Build a block (L18 getValue) whose time is max(own clock, <paramref name="EarliestTime"/>).</summary>
    /// <param name="LastCommit">The commit of the height before, with every precommit that came in late.</param>
    public sealed record BuildValue(Height Height, Round Round, Timestamp EarliestTime, Commit LastCommit) : Effect;

    /// <summary>
    /// Get the whole block if it is not here, and judge it; own blocks too. Stands once for each block: keep trying until
    /// the height ends. If the block never comes, no answer is due.
    /// </summary>
    public sealed record ValidateValue(Height Height, Round Round, BlockId BlockId) : Effect;

    /// <summary>The height is decided (L49). The block has been validated and persisted.</summary>
    /// <param name="Commit">An entry for every validator in set order, absent and nil ones included.</param>
    public sealed record Decide(Commit Commit) : Effect;

    /// <summary>A validator signed two votes that exclude each other. Reported once for each height, round and type.</summary>
    public sealed record ReportEvidence(ConflictingVotes Votes) : Effect;

    /// <summary>A fact for the log; nothing depends on it, except that <see cref="NoteKind.InvalidValueCommitted"/> must stop the node.</summary>
    public sealed record Note(NoteKind Kind, Height Height, Round Round) : Effect;
}
