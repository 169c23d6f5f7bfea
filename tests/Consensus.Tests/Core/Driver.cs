using System.Collections.Generic;
using System.Linq;
using Chain.Consensus.Core;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Tests.Core;

/// <summary>One core in one set, driven by hand. Every call returns what that call caused.</summary>
internal sealed class Driver
{
    public Driver(TestSet set, int self, long waitMs = 0)
    {
        Set = set;
        Self = self;
        Machine = new HeightMachine(self < 0 ? null : set.AddressOf(self));
        Started = Apply(set.Start(waitMs: waitMs));
    }

    /// <summary>Four validators of power 1; the proposer of round r is r mod 4, so 3 proposes last.</summary>
    public static Driver OfFour(int self = 3, long waitMs = 0) => new(TestSet.Equal(4), self, waitMs);

    public TestSet Set { get; }

    public int Self { get; }

    public HeightMachine Machine { get; }

    public List<Effect> Started { get; }

    public List<Effect> Apply(Input input)
    {
        EffectList effects = new();
        Machine.Apply(input, effects);
        return effects.ToList();
    }

    /// <summary>A proposal that comes a millisecond after its block's time.</summary>
    public List<Effect> Propose(char name, int round = 0, int polRound = -1) =>
        Apply(new Input.ProposalReceived(TestSet.Propose(name, round, polRound), TestSet.TimeOf(name).UnixMs + 1));

    public List<Effect> Judge(char name, bool isValid = true) =>
        Apply(new Input.ValueValidated(Machine.Height, TestSet.Block(name), isValid, TestSet.TimeOf(name)));

    /// <summary>The proposal comes and its block is valid.</summary>
    public List<Effect> ProposeValid(char name, int round = 0, int polRound = -1) =>
        [.. Propose(name, round, polRound), .. Judge(name)];

    public List<Effect> Prevotes(int round, BlockId id, params int[] from) =>
        from.SelectMany(index => Apply(new Input.VoteReceived(Set.Prevote(index, round, id)))).ToList();

    public List<Effect> Precommits(int round, BlockId id, params int[] from) =>
        from.SelectMany(index => Apply(new Input.VoteReceived(Set.Precommit(index, round, id)))).ToList();

    public List<Effect> Timeout(TimeoutKind kind, int round = 0) =>
        Apply(new Input.TimeoutElapsed(new Timeout(Machine.Height, new Round(round), kind)));

    /// <summary>Answers the one vote asked for in these effects.</summary>
    public List<Effect> Sign(List<Effect> effects) =>
        Apply(new Input.VoteSigned(VoteIn(effects)!.Sign(VoteIn(effects)!.EarliestTime, default)));

    /// <summary>The one vote asked for in these effects, or null.</summary>
    public static UnsignedVote? VoteIn(List<Effect> effects) => effects.OfType<Effect.SignVote>().SingleOrDefault()?.Vote;

    /// <summary>Type and block of the one vote asked for, or null.</summary>
    public static (VoteType, BlockId)? Cast(List<Effect> effects) =>
        VoteIn(effects) is { } vote ? (vote.Type, vote.BlockId) : null;

    public static List<TimeoutKind> Scheduled(List<Effect> effects) =>
        effects.OfType<Effect.ScheduleTimeout>().Select(effect => effect.Timeout.Kind).ToList();

    public static bool Notes(List<Effect> effects, NoteKind kind) =>
        effects.OfType<Effect.Note>().Any(note => note.Kind == kind);

    /// <summary>A round without a proposal: everybody votes nil, and the node goes on by its timeouts.</summary>
    public void FailRound(int round)
    {
        Sign(Timeout(TimeoutKind.Propose, round));
        int[] others = Enumerable.Range(0, Set.Validators.Count).Where(index => index != Self).ToArray();
        Sign(Prevotes(round, BlockId.Nil, others));
        Precommits(round, BlockId.Nil, others);
        Timeout(TimeoutKind.Precommit, round);
    }

    /// <summary>Locks a block in a round that then fails: prevotes for it from 0 and 1, precommits nil.</summary>
    public void LockAndFail(char name, int round)
    {
        Sign(ProposeValid(name, round));
        Sign(Prevotes(round, TestSet.Block(name), 0, 1));
        Precommits(round, BlockId.Nil, 0, 1, 2);
        Timeout(TimeoutKind.Precommit, round);
    }
}
