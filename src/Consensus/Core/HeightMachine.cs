using System;
using System.Collections.Generic;
using Chain.Consensus.Recovery;
using Chain.Consensus.Votes;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Consensus.Core;

/// <summary>
/// The Tendermint core (arXiv 1807.04938, algorithm 1) as a function from input to effects: synchronous, total, one writer,
/// no clock. Never throws on what a peer sent. The clauses are in <see cref="PaperRules"/>; here inputs are checked against
/// the height, kept, and written to the log. Our own messages are counted here when their signature arrives.
/// </summary>
public sealed class HeightMachine
{
    private readonly FutureMessages _future = new();
    private HeightState? _state;

    /// <param name="self">The address that signs here; null for a node that only follows.</param>
    public HeightMachine(Address? self) => Self = self;

    public Address? Self { get; }

    public Height Height => _state?.Height ?? default;

    public Round Round => _state?.Round ?? default;

    public Step Step => _state?.Step ?? Step.Idle;

    /// <summary>True while round 0 waits for work.</summary>
    public bool IsWaitingForWork => _state?.IsWaitingForWork ?? false;

    /// <summary>The set of this height, priorities as of round 0; null before the first height.</summary>
    public ValidatorSet? Validators => _state?.Validators;

    public BlockId LockedValue => _state?.LockedValue ?? BlockId.Nil;

    public Round LockedRound => _state?.LockedRound ?? Round.None;

    public BlockId ValidValue => _state?.ValidValue ?? BlockId.Nil;

    public Round ValidRound => _state?.ValidRound ?? Round.None;

    /// <summary>What came in for each round of this height, ascending; to show, and to send to peers that lack it.</summary>
    public IReadOnlyList<RoundMessages> Rounds => _state?.Messages.Rounds ?? [];

    /// <summary>Stands between runner and core in the simulator, which watches each step and plants faults; null in a node.</summary>
    internal Action<Input, EffectList>? Detour { get; set; }

    internal HeightState? State => _state;

    /// <summary>Appends what the input causes. The caller clears the list.</summary>
    public void Apply(Input input, EffectList effects)
    {
        if (Detour is { } detour) detour(input, effects);
        else ApplyDirectly(input, effects);
    }

    internal void ApplyDirectly(Input input, EffectList effects)
    {
        if (input is Input.HeightStarted start)
        {
            OnHeightStarted(start, effects);
            return;
        }
        if (_state is not { } state) return;
        switch (input)
        {
            case Input.WorkAvailable: OnWorkAvailable(state, effects); break;
            case Input.ProposalReceived received: OnProposal(state, received, isOwn: false, effects); break;
            case Input.VoteReceived received: OnVote(state, received.Vote, effects); break;
            case Input.ValueBuilt built: OnValueBuilt(state, built, effects); break;
            case Input.ValueValidated validated: OnValueValidated(state, validated, effects); break;
            case Input.VoteSigned signed: OnVoteSigned(state, signed.Vote, effects); break;
            case Input.ProposalSigned signed: OnProposalSigned(state, signed, effects); break;
            case Input.SignRefused refused: OnSignRefused(state, refused, effects); break;
            case Input.TimeoutElapsed elapsed: OnTimeout(state, elapsed.Timeout, effects); break;
            case Input.CertificateReceived received: OnCertificate(state, received.Commit, effects); break;
            default: throw new InvariantException("an input of no known kind");
        }
        PaperRules.Run(state, effects);
    }

    /// <summary>
    /// After a replay: appends again whatever is outstanding (own messages of this round to broadcast, signatures, builds and
    /// validations unanswered, timeouts unfired, the decision).
    /// </summary>
    public void Resume(EffectList effects)
    {
        if (_state is { } state) Outstanding.Append(state, effects);
    }

    /// <summary>
    /// Who proposes in a round of this height: whose key the proposal's signature must verify with. False for another height,
    /// before the first one, and for rounds too far ahead (<see cref="ConsensusLimits.ProposalRoundsAheadMax"/>). For the next
    /// height, ask a <see cref="ProposerRotation"/> over its set.
    /// </summary>
    public bool TryProposerOf(Height height, Round round, out Validator proposer)
    {
        proposer = null!;
        if (_state is not { } state || height != state.Height) return false;
        if (round < Round.Zero || IsTooFarAhead(state, round)) return false;
        proposer = state.Validators.Validators[state.Rotation.IndexOf(round)];
        return true;
    }

    /// <summary>The commit of the height before this one (once decided: of this one), late precommits included.</summary>
    public Commit LastCommit() => _state?.DecisionWithLateVotes() ?? _state?.LastCommit() ?? Commit.Empty;

    private static bool IsTooFarAhead(HeightState state, Round round) =>
        round.Value > (long)state.Round.Value + ConsensusLimits.ProposalRoundsAheadMax;

    private void OnHeightStarted(Input.HeightStarted start, EffectList effects)
    {
        Invariant.Holds(_state is null || start.Height > _state.Height, "heights only rise");
        _state = new HeightState(start, Self, _state);
        effects.Add(new Effect.Persist(new WalRecord.HeightStarted(start.Height, start.EmptyBlockWaitMs)));
        PaperRules.StartRound(_state, Round.Zero, effects);
        PaperRules.Run(_state, effects);
        foreach (Input kept in _future.Take(start.Height)) ApplyDirectly(kept, effects);
    }

    private static void OnWorkAvailable(HeightState state, EffectList effects)
    {
        if (!state.IsWaitingForWork) return;
        effects.Add(new Effect.Persist(new WalRecord.WorkSeen(state.Height)));
        PaperRules.Propose(state, effects);
    }

    private void OnProposal(HeightState state, Input.ProposalReceived received, bool isOwn, EffectList effects)
    {
        Proposal proposal = received.Proposal;
        if (proposal.Round < Round.Zero || proposal.PolRound < Round.None || proposal.PolRound >= proposal.Round) return;
        if (!IsComplete(proposal.BlockId)) return;
        if (proposal.Height != state.Height)
        {
            if (IsNear(state, proposal.Height)) _future.Add(received);
            return;
        }
        if (state.Decision is not null || IsTooFarAhead(state, proposal.Round)) return;
        if (proposal.Round < state.Round && state.Messages.Get(proposal.Round) is null) return;
        RoundMessages messages = state.Messages.GetOrAdd(proposal.Round);
        if (messages.Proposal is { } known)
        {
            if (known.BlockId == proposal.BlockId && known.PolRound == proposal.PolRound) return;
            effects.Add(new Effect.Note(NoteKind.ProposalConflicts, state.Height, proposal.Round));
            return;
        }
        messages.SetProposal(proposal, received.ReceivedMs, state.Rotation.IndexOf(proposal.Round));
        effects.Add(new Effect.Persist(new WalRecord.ProposalSeen(proposal, received.ReceivedMs)));
        if (proposal.Round == state.Round)
        {
            state.IsBuilding = false;
            state.PendingProposal = null;
        }
        if (isOwn) effects.Add(new Effect.BroadcastProposal(proposal));
    }

    private void OnVote(HeightState state, Vote vote, EffectList effects)
    {
        if (vote.Round < Round.Zero || !(vote.BlockId.IsNil || IsComplete(vote.BlockId))) return;
        if (IsNear(state, vote.Height)) _future.Add(vote);
        else Count(state, vote, isCertified: false, effects);
    }

    /// <summary>Counts a vote of this height, or a late precommit of the one before.</summary>
    private static VoteOutcome Count(HeightState state, Vote vote, bool isCertified, EffectList effects)
    {
        HeightState? home = vote.Height == state.Height ? state : state.Previous;
        if (home is null || vote.Height != home.Height) return VoteOutcome.Dropped;
        if (vote.ValidatorIndex < 0 || vote.ValidatorIndex >= home.Validators.Count) return VoteOutcome.Dropped;
        Validator validator = home.Validators.Validators[vote.ValidatorIndex];
        if (validator.Address != vote.ValidatorAddress) return VoteOutcome.Dropped;
        if (vote.Type is not (VoteType.Prevote or VoteType.Precommit)) return VoteOutcome.Dropped;
        bool isLate = home.Decision is not null;
        if (isLate && (vote.Type != VoteType.Precommit || vote.Round != home.Decision!.Round)) return VoteOutcome.Dropped;

        VoteOutcome outcome = home.Messages.Add(vote, home.Round, isCertified, out Vote? first);
        if (outcome < VoteOutcome.Added) return outcome;
        if (vote.ValidatorIndex == home.SelfIndex) home.ForgetPending(vote.Type, vote.Round);
        if (home == state) effects.Add(new Effect.Persist(new WalRecord.VoteSeen(vote)));
        if (outcome == VoteOutcome.Conflicting)
        {
            effects.Add(new Effect.ReportEvidence(
                ConflictingVotes.Of(first!, vote, home.Validators.TotalPower, validator.Power)));
        }
        return outcome;
    }

    private static void OnValueBuilt(HeightState state, Input.ValueBuilt built, EffectList effects)
    {
        if (built.Height != state.Height || built.Round != state.Round) return;
        if (!state.IsBuilding || state.Step != Step.Propose) return;
        state.IsBuilding = false;
        PaperRules.SignProposal(state, Round.None, built.BlockId, built.Time, effects);
    }

    private static void OnValueValidated(HeightState state, Input.ValueValidated validated, EffectList effects)
    {
        if (validated.Height != state.Height || state.Decision is not null) return;
        if (state.Value(validated.BlockId) is not { IsValid: null } value) return;
        value.IsValid = validated.IsValid;
        value.Time = validated.IsValid ? validated.Time : default;
        effects.Add(new Effect.Persist(new WalRecord.ValueJudged(state.Height, value.Id, validated.IsValid, value.Time)));
    }

    private static void OnVoteSigned(HeightState state, Vote vote, EffectList effects)
    {
        HeightState? home = vote.Height == state.Height ? state : state.Previous;
        if (home?.PendingVote(vote.Type, vote.Round) is not { } pending || pending.BlockId != vote.BlockId) return;
        home.PendingVotes.Remove(pending);
        VoteOutcome outcome = Count(state, vote, isCertified: true, effects);
        // A vote of ours that contradicts one we have seen must not leave, whoever signed that one.
        if (outcome is VoteOutcome.Added or VoteOutcome.Duplicate) effects.Add(new Effect.BroadcastVote(vote));
    }

    private void OnProposalSigned(HeightState state, Input.ProposalSigned signed, EffectList effects)
    {
        Proposal proposal = signed.Proposal;
        if (state.PendingProposal is not { } pending || pending != new UnsignedProposal(
            proposal.Height, proposal.Round, proposal.PolRound, proposal.BlockId, proposal.Timestamp)) return;
        OnProposal(state, new Input.ProposalReceived(proposal, signed.SignedMs), isOwn: true, effects);
    }

    private static void OnSignRefused(HeightState state, Input.SignRefused refused, EffectList effects)
    {
        if (refused.Height != state.Height) return;
        effects.Add(new Effect.Note(NoteKind.SignRefused, refused.Height, refused.Round));
        if (refused.Type == VoteType.Proposal && state.PendingProposal?.Round == refused.Round) state.PendingProposal = null;
        state.ForgetPending(refused.Type, refused.Round);
    }

    private static void OnTimeout(HeightState state, Timeout timeout, EffectList effects)
    {
        if (timeout.Height != state.Height || timeout.Round != state.Round || state.Decision is not null) return;
        if (!PaperRules.IsDue(state, timeout.Kind)) return;
        effects.Add(new Effect.Persist(new WalRecord.TimeoutFired(timeout)));
        effects.Add(new Effect.Note(NoteKind.TimedOut, state.Height, state.Round));
        switch (timeout.Kind)
        {
            case TimeoutKind.EmptyBlock: PaperRules.Propose(state, effects); break;
            case TimeoutKind.Propose: PaperRules.L57ProposeTimeout(state, effects); break;
            case TimeoutKind.Prevote: PaperRules.L61PrevoteTimeout(state, effects); break;
            default: PaperRules.StartRound(state, state.Round.Next, effects); break;
        }
    }

    /// <summary>A commit from elsewhere is its precommits; L49 does the rest.</summary>
    private static void OnCertificate(HeightState state, Commit commit, EffectList effects)
    {
        if (commit.Height != state.Height || commit.Round < Round.Zero || !IsComplete(commit.BlockId)) return;
        if (commit.Signatures.Count != state.Validators.Count) return;
        for (int i = 0; i < commit.Signatures.Count; i++)
        {
            CommitSig sig = commit.Signatures[i];
            if (sig.IsAbsent) continue;
            BlockId voted = sig.Flag == BlockIdFlag.Commit ? commit.BlockId : BlockId.Nil;
            Vote vote = new(
                VoteType.Precommit, commit.Height, commit.Round, voted, sig.Timestamp, sig.ValidatorAddress, i, sig.Signature);
            Count(state, vote, isCertified: true, effects);
        }
    }

    private static bool IsNear(HeightState state, Height height) =>
        height > state.Height && height.Value - state.Height.Value <= ConsensusLimits.FutureHeightsMax;

    private static bool IsComplete(in BlockId id) => !id.Hash.IsZero && id.Parts.Total > 0 && !id.Parts.Hash.IsZero;
}
