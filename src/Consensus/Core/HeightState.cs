using System.Collections.Generic;
using Chain.Consensus.Votes;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Consensus.Core;

/// <summary>All that the core remembers of the height that runs; names in brackets are the paper's.</summary>
internal sealed class HeightState
{
    public HeightState(Input.HeightStarted start, Address? self, HeightState? previous)
    {
        Start = start;
        bool isNext = previous?.Decision is { } decision
            && decision.Height == start.LastCommit.Height && decision.BlockId == start.LastCommit.BlockId;
        if (isNext) Previous = previous;
        if (previous is not null) previous.Previous = null;
        SelfIndex = self is { } address ? start.Validators.IndexOf(address) : -1;
        Rotation = new ProposerRotation(start.Validators);
        Messages = new MessageKeeper(start.Validators, Rotation);
    }

    public Input.HeightStarted Start { get; }

    /// <summary>The height before, if it was decided here: late precommits for it are still counted.</summary>
    public HeightState? Previous { get; private set; }

    public Height Height => Start.Height;

    public ValidatorSet Validators => Start.Validators;

    /// <summary>Our place in the set; −1 for a node that only follows.</summary>
    public int SelfIndex { get; }

    public ProposerRotation Rotation { get; }

    public MessageKeeper Messages { get; }

    /// <summary>Blocks asked for: one for each proposal of our rounds, and those with a quorum.</summary>
    public List<KnownValue> Values { get; } = [];

    /// <summary>round_p</summary>
    public Round Round { get; set; }

    /// <summary>step_p</summary>
    public Step Step { get; set; } = Step.Propose;

    /// <summary>lockedValue_p</summary>
    public BlockId LockedValue { get; set; }

    /// <summary>lockedRound_p</summary>
    public Round LockedRound { get; set; } = Round.None;

    /// <summary>validValue_p</summary>
    public BlockId ValidValue { get; set; }

    /// <summary>validRound_p</summary>
    public Round ValidRound { get; set; } = Round.None;

    public bool IsWaitingForWork { get; set; }

    /// <summary>A build was asked for in this round and not answered.</summary>
    public bool IsBuilding { get; set; }

    /// <summary>L34 "for the first time" has happened in this round.</summary>
    public bool HasPrevoteTimeout { get; set; }

    /// <summary>L36 "for the first time" has happened in this round.</summary>
    public bool HasPolka { get; set; }

    /// <summary>L47 "for the first time" has happened in this round.</summary>
    public bool HasPrecommitTimeout { get; set; }

    /// <summary>Votes out for signature.</summary>
    public List<UnsignedVote> PendingVotes { get; } = [];

    /// <summary>The proposal out for signature.</summary>
    public UnsignedProposal? PendingProposal { get; set; }

    /// <summary>The commit, once decided; late precommits are added to its round's tally, not here.</summary>
    public Commit? Decision { get; set; }

    public KnownValue? Value(in BlockId id)
    {
        foreach (KnownValue value in Values)
        {
            if (value.Id == id) return value;
        }
        return null;
    }

    public UnsignedVote? PendingVote(VoteType type, Round round)
    {
        foreach (UnsignedVote vote in PendingVotes)
        {
            if (vote.Type == type && vote.Round == round) return vote;
        }
        return null;
    }

    public void ForgetPending(VoteType type, Round round) =>
        PendingVotes.RemoveAll(vote => vote.Type == type && vote.Round == round);

    /// <summary>The commit of the height before, with every precommit that came in late.</summary>
    public Commit LastCommit() => Previous?.DecisionWithLateVotes() ?? Start.LastCommit;

    /// <summary>The commit of this height, with every precommit that came in late; null before the decision.</summary>
    public Commit? DecisionWithLateVotes() => Decision is { } decision ? BuildCommit(decision.Round, decision.BlockId) : null;

    /// <summary>The commit of a decided round as of now: an entry for each validator in set order.</summary>
    public Commit BuildCommit(Round round, in BlockId blockId)
    {
        CommitSig[] signatures = new CommitSig[Validators.Count];
        VoteTally precommits = Messages.GetOrAdd(round).Precommits;
        for (int i = 0; i < signatures.Length; i++)
        {
            Vote? vote = precommits.Find(i, blockId) ?? precommits.Find(i, BlockId.Nil);
            signatures[i] = vote is null
                ? CommitSig.Absent
                : new CommitSig(
                    vote.BlockId.IsNil ? BlockIdFlag.Nil : BlockIdFlag.Commit, vote.ValidatorAddress, vote.Timestamp, vote.Signature);
        }
        return new Commit(Height, round, blockId, signatures);
    }

    /// <summary>Forgets what lies too far below the round: messages, signatures that never came, blocks nothing refers to.</summary>
    public void Prune()
    {
        Messages.Prune(Round);
        for (int i = PendingVotes.Count - 1; i >= 0; i--)
        {
            if (PendingVotes[i].Round.Value < (long)Round.Value - ConsensusLimits.PastRoundsMax) PendingVotes.RemoveAt(i);
        }
        for (int i = Values.Count - 1; i >= 0; i--)
        {
            BlockId id = Values[i].Id;
            if (id == LockedValue || id == ValidValue || IsReferred(id)) continue;
            Values.RemoveAt(i);
        }
    }

    private bool IsReferred(in BlockId id)
    {
        foreach (RoundMessages messages in Messages.Rounds)
        {
            if (messages.Proposal?.BlockId == id) return true;
            if (messages.Prevotes.QuorumValue == id || messages.Precommits.QuorumValue == id) return true;
        }
        return false;
    }
}
