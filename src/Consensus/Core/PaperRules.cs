using Chain.Consensus.Recovery;
using Chain.Consensus.Votes;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Core;

/// <summary>
/// Algorithm 1 of arXiv 1807.04938, one method for each "upon" clause, named by its line.
/// </summary>
/// <remarks>
/// Differences, all towards the network rather than the rules: values are built and judged asynchronously, so a clause
/// with valid(v) waits for the answer; the proposer has a propose timeout too, since building may fail; round 0 may wait
/// for work before L14; a quorum of votes for a block stands in for its proposal message, since f+1 correct validators
/// have seen that (L36, L49); timely(v) of proposer-based timestamps joins valid(v) in L23 (CometBFT v1).
/// </remarks>
internal static class PaperRules
{
    /// <summary>Applies clauses until none fires. Each one that fires moves step, round or a once-flag, so this ends.</summary>
    public static void Run(HeightState state, EffectList effects)
    {
        bool fired = true;
        while (fired && state.Decision is null)
        {
            AskForValues(state, effects);
            fired = L49Decide(state, effects)
                || L55SkipRound(state, effects)
                || L22L28Prevote(state, effects)
                || L34PrevoteTimeout(state, effects)
                || L36Polka(state, effects)
                || L44PolkaNil(state, effects)
                || L47PrecommitTimeout(state, effects);
        }
    }

    /// <summary>L11 (and L67): starts a round, and proposes or waits for the proposal.</summary>
    public static void StartRound(HeightState state, Round round, EffectList effects)
    {
        state.Round = round;
        state.Step = Step.Propose;
        state.IsWaitingForWork = false;
        state.IsBuilding = false;
        state.HasPrevoteTimeout = false;
        state.HasPolka = false;
        state.HasPrecommitTimeout = false;
        state.PendingProposal = null;
        state.Prune();
        effects.Add(new Effect.Note(NoteKind.RoundStarted, state.Height, round));
        state.IsWaitingForWork = round == Round.Zero && state.Start.EmptyBlockWaitMs > 0;
        if (state.IsWaitingForWork) Schedule(state, TimeoutKind.EmptyBlock, effects);
        else Propose(state, effects);
    }

    /// <summary>L14–L21.</summary>
    public static void Propose(HeightState state, EffectList effects)
    {
        state.IsWaitingForWork = false;
        Schedule(state, TimeoutKind.Propose, effects);
        if (state.SelfIndex < 0 || state.Rotation.IndexOf(state.Round) != state.SelfIndex) return;
        // Proposed before a restart: never build a second block for one round.
        if (state.Messages.Get(state.Round)?.Proposal is not null) return;
        if (state.ValidRound > Round.None && state.Value(state.ValidValue) is { } valid)
        {
            SignProposal(state, state.ValidRound, valid.Id, valid.Time, effects);
            return;
        }
        state.IsBuilding = true;
        effects.Add(BuildEffect(state));
    }

    public static Effect.BuildValue BuildEffect(HeightState state) =>
        new(state.Height, state.Round, state.Start.PreviousTime.AddMs(1), state.LastCommit());

    /// <summary>L19, once the value is there.</summary>
    public static void SignProposal(HeightState state, Round polRound, BlockId id, Timestamp time, EffectList effects)
    {
        state.PendingProposal = new UnsignedProposal(state.Height, state.Round, polRound, id, time);
        effects.Add(new Effect.SignProposal(state.PendingProposal));
    }

    /// <summary>The conditions of L57, L61 and L65; a timeout that is not due changes nothing.</summary>
    public static bool IsDue(HeightState state, TimeoutKind kind) => kind switch
    {
        TimeoutKind.EmptyBlock => state.IsWaitingForWork,
        TimeoutKind.Propose => state.Step == Step.Propose && !state.IsWaitingForWork,
        TimeoutKind.Prevote => state.Step == Step.Prevote,
        _ => true,
    };

    /// <summary>L57: no proposal in time, so vote nil.</summary>
    public static void L57ProposeTimeout(HeightState state, EffectList effects) =>
        Prevote(state, BlockId.Nil, Round.None, effects);

    /// <summary>L61: the prevotes do not agree in time, so precommit nil.</summary>
    public static void L61PrevoteTimeout(HeightState state, EffectList effects) =>
        Precommit(state, BlockId.Nil, effects);

    /// <summary>Asks, once each, for the blocks that a clause may need: this round's proposal, its polka, any round's commit.</summary>
    private static void AskForValues(HeightState state, EffectList effects)
    {
        foreach (RoundMessages messages in state.Messages.Rounds)
        {
            if (messages.Round == state.Round)
            {
                Ask(state, messages.Proposal?.BlockId, messages.Round, effects);
                Ask(state, messages.Prevotes.QuorumValue, messages.Round, effects);
            }
            Ask(state, messages.Precommits.QuorumValue, messages.Round, effects);
        }
    }

    private static void Ask(HeightState state, BlockId? wanted, Round round, EffectList effects)
    {
        if (wanted is not { IsNil: false } id || state.Value(id) is not null) return;
        state.Values.Add(new KnownValue(id) { AskedIn = round });
        effects.Add(new Effect.ValidateValue(state.Height, round, id));
    }

    /// <summary>L49–L54: 2f+1 precommits for a valid block in any round.</summary>
    private static bool L49Decide(HeightState state, EffectList effects)
    {
        foreach (RoundMessages messages in state.Messages.Rounds)
        {
            if (messages.Precommits.QuorumValue is not { IsNil: false } id) continue;
            if (state.Value(id) is not { IsValid: { } isValid } value) continue;
            if (!isValid)
            {
                // Either more than a third are faulty or this node computes differently: nothing here can mend that.
                if (!value.IsReported) effects.Add(new Effect.Note(NoteKind.InvalidValueCommitted, state.Height, messages.Round));
                value.IsReported = true;
                continue;
            }
            Persist(state, value, effects);
            state.Decision = state.BuildCommit(messages.Round, id);
            state.Step = Step.Decided;
            state.IsWaitingForWork = false;
            effects.Add(new Effect.Persist(new WalRecord.Decided(state.Decision)));
            effects.Add(new Effect.Decide(state.Decision));
            return true;
        }
        return false;
    }

    /// <summary>L55: f+1 validators are in one later round, so at least one correct one is: go there.</summary>
    private static bool L55SkipRound(HeightState state, EffectList effects)
    {
        for (int i = state.Messages.Rounds.Count - 1; i >= 0; i--)
        {
            RoundMessages messages = state.Messages.Rounds[i];
            if (messages.Round <= state.Round) return false;
            if (!Quorum.HasCorrect(messages.SeenPower, state.Validators.TotalPower)) continue;
            effects.Add(new Effect.Note(NoteKind.RoundSkipped, state.Height, messages.Round));
            StartRound(state, messages.Round, effects);
            return true;
        }
        return false;
    }

    /// <summary>
    /// L22–L27: a new proposal gets a prevote if it is timely and valid and no lock forbids it. L28–L33: a proposal with an
    /// older polka that we have seen gets one if it is valid and the lock is not newer than the polka.
    /// </summary>
    private static bool L22L28Prevote(HeightState state, EffectList effects)
    {
        if (state.Step != Step.Propose) return false;
        if (state.Messages.Get(state.Round) is not { Proposal: { } proposal } messages) return false;
        bool isNew = proposal.PolRound == Round.None;
        if (!isNew && state.Messages.Get(proposal.PolRound)?.Prevotes.HasQuorumFor(proposal.BlockId) != true) return false;

        bool isUnlocked = isNew ? state.LockedRound == Round.None : state.LockedRound <= proposal.PolRound;
        if (!isUnlocked && state.LockedValue != proposal.BlockId) return PrevoteNil(state, NoteKind.None, effects);
        bool isTimely = !isNew
            || state.Start.Timing.IsTimely(proposal.Timestamp, messages.ProposalReceivedMs, proposal.Round);
        if (!isTimely) return PrevoteNil(state, NoteKind.ProposalNotTimely, effects);
        if (state.Value(proposal.BlockId) is not { IsValid: { } isValid } value) return false;
        if (!isValid) return PrevoteNil(state, NoteKind.ProposalNotValid, effects);
        if (value.Time != proposal.Timestamp) return PrevoteNil(state, NoteKind.ProposalTimeDiffers, effects);
        Prevote(state, proposal.BlockId, proposal.PolRound, effects);
        return true;
    }

    private static bool PrevoteNil(HeightState state, NoteKind why, EffectList effects)
    {
        if (why != NoteKind.None) effects.Add(new Effect.Note(why, state.Height, state.Round));
        Prevote(state, BlockId.Nil, Round.None, effects);
        return true;
    }

    /// <summary>L34: 2f+1 prevotes for whatever, the first time in this round.</summary>
    private static bool L34PrevoteTimeout(HeightState state, EffectList effects)
    {
        if (state.Step != Step.Prevote || state.HasPrevoteTimeout) return false;
        if (state.Messages.Get(state.Round)?.Prevotes.HasQuorumOfAny != true) return false;
        state.HasPrevoteTimeout = true;
        Schedule(state, TimeoutKind.Prevote, effects);
        return true;
    }

    /// <summary>L36–L43: a polka for a valid block, the first time in this round: lock it if still in prevote, keep it as valid.</summary>
    private static bool L36Polka(HeightState state, EffectList effects)
    {
        if (state.Step < Step.Prevote || state.HasPolka) return false;
        if (state.Messages.Get(state.Round)?.Prevotes.QuorumValue is not { IsNil: false } id) return false;
        if (state.Value(id) is not { IsValid: true } value) return false;
        state.HasPolka = true;
        state.ValidValue = id;
        state.ValidRound = state.Round;
        if (state.Step != Step.Prevote) return true;
        state.LockedValue = id;
        state.LockedRound = state.Round;
        effects.Add(new Effect.Note(NoteKind.Locked, state.Height, state.Round));
        if (state.SelfIndex >= 0) Persist(state, value, effects);
        Precommit(state, id, effects);
        return true;
    }

    /// <summary>L44–L46: a polka for nil.</summary>
    private static bool L44PolkaNil(HeightState state, EffectList effects)
    {
        if (state.Step != Step.Prevote) return false;
        if (state.Messages.Get(state.Round)?.Prevotes.HasQuorumFor(BlockId.Nil) != true) return false;
        Precommit(state, BlockId.Nil, effects);
        return true;
    }

    /// <summary>L47: 2f+1 precommits for whatever, the first time in this round.</summary>
    private static bool L47PrecommitTimeout(HeightState state, EffectList effects)
    {
        if (state.HasPrecommitTimeout) return false;
        if (state.Messages.Get(state.Round)?.Precommits.HasQuorumOfAny != true) return false;
        state.HasPrecommitTimeout = true;
        Schedule(state, TimeoutKind.Precommit, effects);
        return true;
    }

    private static void Prevote(HeightState state, BlockId id, Round polRound, EffectList effects)
    {
        state.Step = Step.Prevote;
        state.IsWaitingForWork = false;
        SignVote(state, VoteType.Prevote, id, polRound, effects);
    }

    private static void Precommit(HeightState state, BlockId id, EffectList effects)
    {
        state.Step = Step.Precommit;
        SignVote(state, VoteType.Precommit, id, Round.None, effects);
    }

    /// <summary>Asks for a signature, unless this vote was cast already (before a restart).</summary>
    private static void SignVote(HeightState state, VoteType type, BlockId id, Round polRound, EffectList effects)
    {
        if (state.SelfIndex < 0) return;
        if (state.Messages.Get(state.Round)?.Tally(type).Of(state.SelfIndex) is not null) return;
        if (state.PendingVote(type, state.Round) is not null) return;
        // A vote is never older than what it builds on, as in CometBFT.
        Timestamp before = state.Value(id) is { IsValid: true } value ? value.Time : state.Start.PreviousTime;
        Validator self = state.Validators.Validators[state.SelfIndex];
        UnsignedVote vote = new(
            type, state.Height, state.Round, id, polRound, before.AddMs(1), self.Address, state.SelfIndex);
        state.PendingVotes.Add(vote);
        effects.Add(new Effect.SignVote(vote));
    }

    private static void Persist(HeightState state, KnownValue value, EffectList effects)
    {
        if (value.IsPersisted) return;
        value.IsPersisted = true;
        effects.Add(new Effect.PersistBlock(state.Height, value.Id));
    }

    public static void Schedule(HeightState state, TimeoutKind kind, EffectList effects)
    {
        long delayMs = kind == TimeoutKind.EmptyBlock
            ? state.Start.EmptyBlockWaitMs
            : state.Start.Timing.DelayMs(kind, state.Round);
        effects.Add(new Effect.ScheduleTimeout(new Timeout(state.Height, state.Round, kind), delayMs));
    }
}
