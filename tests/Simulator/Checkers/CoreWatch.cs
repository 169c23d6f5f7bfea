using System.Collections.Generic;
using System.Text;
using Chain.Consensus;
using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Consensus.Votes;
using Chain.Primitives.Blocks;
using Chain.Simulator.Faults;
using Chain.Simulator.Reporting;

namespace Chain.Simulator.Checkers;

/// <summary>
/// Stands before one life's core. It keeps what the core logs, so that a second core can be brought to the same place from it;
/// and it counts precommits on its own: whoever has seen 2f+1 of them for a valid block, in whatever round, must decide (L49).
/// </summary>
internal sealed class CoreWatch
{
    private readonly int _node;
    private readonly HeightMachine _core;
    private readonly PlantedFault _fault;
    private readonly FaultyCore _faulty;
    private readonly Totals _totals;
    private readonly List<WalRecord> _records = [];
    private readonly EffectList _caused = new();
    private Dictionary<Round, VoteTally> _precommits = [];
    private Input.HeightStarted? _start;

    public CoreWatch(int node, HeightMachine core, PlantedFault fault, Totals totals)
    {
        (_node, _core, _fault, _totals) = (node, core, fault, totals);
        _faulty = new FaultyCore(core, fault);
        core.Detour = Apply;
    }

    /// <summary>A core from this one's log must stand where this one does.</summary>
    public void CheckReplay()
    {
        // A planted fault is for the other checkers to find: a replay would show any of them.
        if (_start is null || _core.Step == Step.Decided || _fault != PlantedFault.None) return;
        HeightMachine replayed = new(_core.Self);
        WalReplay.Run(replayed, _start, _records, new EffectList());
        if (Describe(replayed) == Describe(_core)) return;
        throw new SimulationFailure($"WAL replay gives the same state: n{_node} has\n{Describe(_core)}\nits log gives\n{Describe(replayed)}");
    }

    /// <summary>What the core remembers stays within its bounds, whatever faulty validators send.</summary>
    public void CheckBounds()
    {
        int validators = _core.Validators?.Count ?? 0;
        int roundsMax = (2 * ConsensusLimits.PastRoundsMax) + (validators * ConsensusLimits.CatchUpRoundsPerValidatorMax)
            + ConsensusLimits.ProposalRoundsAheadMax;
        if (_core.Rounds.Count > roundsMax) throw new SimulationFailure($"bounded queues: n{_node} keeps {_core.Rounds.Count} rounds");
    }

    private void Apply(Input input, EffectList effects)
    {
        if (input is Input.HeightStarted start) Begin(start);
        Count(input);
        _caused.Clear();
        _faulty.Apply(input, _caused);
        foreach (Effect effect in _caused)
        {
            Keep(effect);
            effects.Add(effect);
        }
        // The runner answers with this at once; a block whose judgement counts after a restart is in the log.
        if (input is Input.ValueValidated { IsValid: true } validated) _records.Add(Stored(validated.Height, validated.BlockId));
        CheckDecides();
    }

    private void Begin(Input.HeightStarted start)
    {
        _start = start;
        _records.Clear();
        _precommits = [];
    }

    private void Keep(Effect effect)
    {
        switch (effect)
        {
            case Effect.Persist persist: _records.Add(persist.Record); break;
            case Effect.PersistBlock block: _records.Add(Stored(block.Height, block.BlockId)); break;
            case Effect.Note { Kind: NoteKind.RoundStarted, Round.Value: > 0 }: _totals.Rounds++; break;
            default: break;
        }
    }

    private void Count(Input input)
    {
        Vote? vote = input switch
        {
            Input.VoteReceived received => received.Vote,
            Input.VoteSigned signed => signed.Vote,
            _ => null,
        };
        if (vote is not { Type: VoteType.Precommit, BlockId.IsNil: false } || vote.Height != _core.Height || _core.Validators is not { } set) return;
        // Later rounds and those far back may be dropped, which has its own bounds.
        if (vote.Round > _core.Round || vote.Round.Value < _core.Round.Value - ConsensusLimits.PastRoundsMax) return;
        if (!_precommits.TryGetValue(vote.Round, out VoteTally? tally)) _precommits.Add(vote.Round, tally = new VoteTally(set));
        tally.Add(vote, isWanted: false, out _);
    }

    private void CheckDecides()
    {
        if (_core.Step == Step.Decided || _core.State is not { } state) return;
        foreach (VoteTally tally in _precommits.Values)
        {
            if (tally.QuorumValue is not { IsNil: false } id || state.Value(id)?.IsValid != true) continue;
            throw new SimulationFailure($"L49: n{_node} has 2f+1 precommits for {Wording.Short(id)} at height {_core.Height} and does not decide");
        }
    }

    private static WalRecord.BlockStored Stored(Height height, BlockId id) => new(height, id, new byte[] { 1 });

    private static string Describe(HeightMachine core)
    {
        StringBuilder text = new();
        text.Append($"{core.Height}/{core.Round}/{core.Step} waits {core.IsWaitingForWork}");
        text.Append($" locked {core.LockedRound} {Wording.Short(core.LockedValue)} valid {core.ValidRound} {Wording.Short(core.ValidValue)}");
        foreach (RoundMessages messages in core.Rounds)
        {
            text.Append($"\n{messages.Round}: {messages.Proposal?.BlockId} {messages.SeenPower} {messages.Prevotes.Power}");
            text.Append($" {messages.Prevotes.QuorumValue} {messages.Precommits.Power} {messages.Precommits.QuorumValue}");
        }
        return text.ToString();
    }
}
