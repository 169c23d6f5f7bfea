using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Consensus.Votes;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Tests.Core;

/// <summary>
/// The smallest runner: carries out effects in order, keeps a log whose tail is lost in a crash unless something was sent
/// after it, and a guard that never is. The Byzantine one tells odd nodes something else than even ones.
/// </summary>
internal sealed class ClusterNode(Cluster cluster, int index)
{
    private readonly Queue<Input> _inbox = new();
    private SignGuard _guard = SignGuard.Arm(default);
    private List<WalRecord> _wal = [];
    private int _durable;
    private int _life;

    public int Index => index;

    public bool IsUp { get; private set; } = true;

    public HeightMachine Machine { get; private set; } = null!;

    /// <summary>The commits decided here, from height 1.</summary>
    public List<Commit> Chain { get; } = [];

    /// <summary>Evidence reported here.</summary>
    public List<ConflictingVotes> Evidence { get; } = [];

    private long ClockMs => cluster.NowMs + (index * 20);

    public void Start()
    {
        Machine = new HeightMachine(cluster.Set.AddressOf(index));
        EffectList effects = new();
        WalReplay.Run(Machine, NextHeight(), _wal, effects);
        CarryOut(effects);
        Drain();
    }

    public void Crash()
    {
        IsUp = false;
        _life++;
        _inbox.Clear();
        _wal.RemoveRange(_durable, _wal.Count - _durable);
    }

    public void Restart()
    {
        IsUp = true;
        Start();
    }

    public void Receive(Input input)
    {
        if (!IsUp) return;
        _inbox.Enqueue(input is Input.ProposalReceived received ? received with { ReceivedMs = ClockMs } : input);
        Drain();
    }

    /// <summary>A second core from this node's log must stand where the first one does.</summary>
    public void AssertReplayEqual()
    {
        if (!IsUp) return;
        HeightMachine replayed = new(cluster.Set.AddressOf(index));
        WalReplay.Run(replayed, NextHeight(), _wal.Select(Recode).ToList(), new EffectList());
        Assert.Equal(Describe(Machine), Describe(replayed));
    }

    /// <summary>What a peer of the same height may lack.</summary>
    public IEnumerable<Input> Messages()
    {
        foreach (RoundMessages messages in Machine.Rounds)
        {
            if (messages.Proposal is { } proposal) yield return new Input.ProposalReceived(proposal, 0);
            for (int i = 0; i < cluster.Set.Validators.Count; i++)
            {
                if (messages.Prevotes.Of(i) is { } prevote) yield return new Input.VoteReceived(prevote);
                if (messages.Precommits.Of(i) is { } precommit) yield return new Input.VoteReceived(precommit);
            }
        }
    }

    private static WalRecord Recode(WalRecord record)
    {
        Assert.True(WalRecord.TryDecode(record.Encode(), out WalRecord decoded, out var error), error.ToString());
        return decoded;
    }

    private static string Describe(HeightMachine machine) =>
        $"{machine.Height}/{machine.Round}/{machine.Step} waits {machine.IsWaitingForWork}"
        + $" locked {machine.LockedRound} {machine.LockedValue} valid {machine.ValidRound} {machine.ValidValue}\n"
        + string.Join('\n', machine.Rounds.Select(messages =>
            $"{messages.Round}: {messages.Proposal?.BlockId} {messages.SeenPower}"
            + $" {messages.Prevotes.Power} {messages.Prevotes.QuorumValue} {messages.Precommits.Power} {messages.Precommits.QuorumValue}"));

    private Input.HeightStarted NextHeight()
    {
        Commit last = Chain.Count > 0 ? Chain[^1] : Commit.Empty;
        Timestamp previous = cluster.TimeOf(last.BlockId) ?? TestSet.Genesis;
        return cluster.Set.Start(Chain.Count + 1, waitMs: Chain.Count % 2 == 0 ? 0 : 200, last) with { PreviousTime = previous };
    }

    private void Drain()
    {
        EffectList effects = new();
        while (_inbox.TryDequeue(out Input? input))
        {
            effects.Clear();
            Machine.Apply(input, effects);
            CarryOut(effects);
        }
    }

    private void Later(long delayMs, Func<Input?> answer)
    {
        int life = _life;
        cluster.After(delayMs, () =>
        {
            if (life == _life && answer() is { } input) Receive(input);
        });
    }

    private void CarryOut(EffectList effects)
    {
        foreach (Effect effect in effects)
        {
            switch (effect)
            {
                case Effect.Persist persist: _wal.Add(persist.Record); break;
                case Effect.PersistBlock block: _wal.Add(new WalRecord.BlockStored(block.Height, block.BlockId, new byte[] { 1 })); break;
                case Effect.SignVote sign: SignVote(sign.Vote); break;
                case Effect.SignProposal sign: SignProposal(sign.Proposal); break;
                case Effect.BroadcastVote vote: Broadcast(peer => new Input.VoteReceived(Twist(vote.Vote, peer))); break;
                case Effect.BroadcastProposal proposal: Broadcast(peer => new Input.ProposalReceived(Twist(proposal.Proposal, peer), 0)); break;
                case Effect.ScheduleTimeout timeout: Later(timeout.DelayMs, () => new Input.TimeoutElapsed(timeout.Timeout)); break;
                case Effect.BuildValue build: Later(1 + cluster.Random(5), () => Build(build)); break;
                case Effect.ValidateValue validate: Later(1 + cluster.Random(10), () => Validate(validate)); break;
                case Effect.ReportEvidence evidence: Evidence.Add(evidence.Votes); break;
                case Effect.Note note: Assert.NotEqual(NoteKind.InvalidValueCommitted, note.Kind); break;
                case Effect.Decide decide:
                    _durable = _wal.Count;
                    Chain.Add(decide.Commit);
                    _inbox.Enqueue(NextHeight());
                    break;
            }
        }
    }

    private void Broadcast(Func<int, Input> message)
    {
        _durable = _wal.Count;
        for (int peer = 0; peer < cluster.Nodes.Length; peer++)
        {
            if (peer != index) cluster.Send(peer, message(peer));
        }
    }

    private Vote Twist(Vote vote, int peer)
    {
        if (index != cluster.Byzantine || peer % 2 == 0) return vote;
        return vote with { BlockId = vote.BlockId.IsNil ? TestSet.Block('z') : BlockId.Nil };
    }

    private Proposal Twist(Proposal proposal, int peer)
    {
        if (index != cluster.Byzantine || peer % 2 == 0) return proposal;
        return proposal with { BlockId = cluster.Build(100 + index, proposal.Height, proposal.Round, proposal.Timestamp) };
    }

    private Input.ValueBuilt Build(Effect.BuildValue build)
    {
        Timestamp now = Timestamp.FromUnixMs(ClockMs);
        Timestamp time = now > build.EarliestTime ? now : build.EarliestTime;
        return new Input.ValueBuilt(build.Height, build.Round, cluster.Build(index, build.Height, build.Round, time), time);
    }

    private Input.ValueValidated? Validate(Effect.ValidateValue validate)
    {
        if (cluster.TimeOf(validate.BlockId) is not { } time) return null;
        // On disk as soon as it is judged, so that a replay may trust the judgement.
        _wal.Add(new WalRecord.BlockStored(validate.Height, validate.BlockId, new byte[] { 1 }));
        return new Input.ValueValidated(validate.Height, validate.BlockId, true, time);
    }

    private void SignVote(UnsignedVote vote)
    {
        SignRequest request = SignRequest.Of(vote, Timestamp.FromUnixMs(ClockMs));
        if (Sign(request) is { } time) _inbox.Enqueue(new Input.VoteSigned(vote.Sign(time, default)));
        else _inbox.Enqueue(new Input.SignRefused(vote.Height, vote.Round, vote.Type, SignCode.Conflict));
    }

    private void SignProposal(UnsignedProposal proposal)
    {
        if (Sign(SignRequest.Of(proposal)) is not null) _inbox.Enqueue(new Input.ProposalSigned(proposal.Sign(default), ClockMs));
        else _inbox.Enqueue(new Input.SignRefused(proposal.Height, proposal.Round, VoteType.Proposal, SignCode.Conflict));
    }

    private Timestamp? Sign(SignRequest request)
    {
        switch (_guard.Check(default, TestSet.ChainId, request, out _))
        {
            case SignVerdict.Sign:
                _guard = _guard.After(TestSet.ChainId, request, default);
                cluster.Record(index, request.Height, request.Round, request.Type, request.BlockId);
                return request.Timestamp;
            case SignVerdict.Reuse:
                return _guard.Timestamp;
            default:
                return null;
        }
    }
}
