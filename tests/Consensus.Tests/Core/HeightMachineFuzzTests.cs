using System.Collections.Generic;
using System.Linq;
using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Tests.Core;

/// <summary>Any inputs in any order: the core does not throw, never asks for two votes at one place, and keeps its bounds.</summary>
public sealed class HeightMachineFuzzTests
{
    private static readonly TestSet Set = TestSet.Equal(4);

    private ulong _random;

    public static TheoryData<ulong> Seeds => new(Enumerable.Range(1, 20).Select(seed => (ulong)seed));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Machine_under_any_inputs_keeps_its_promises(ulong seed)
    {
        _random = seed;
        HeightMachine machine = new(Set.AddressOf(Next(4)));
        EffectList effects = new();
        HashSet<(Height, Round, VoteType)> asked = [];
        long height = 1;
        machine.Apply(Set.Start(height, waitMs: Next(2)), effects);
        for (int i = 0; i < 4000; i++)
        {
            Round lockedBefore = machine.LockedRound;
            Height heightBefore = machine.Height;
            Input input = Next(300) == 0 ? Set.Start(++height, waitMs: Next(2)) : Any(machine, effects);
            effects.Clear();
            machine.Apply(input, effects);
            foreach (Effect.SignVote sign in effects.OfType<Effect.SignVote>())
            {
                Assert.True(asked.Add((sign.Vote.Height, sign.Vote.Round, sign.Vote.Type)), $"seed {seed}: asked twice at input {i}");
            }
            foreach (Effect.Persist persist in effects.OfType<Effect.Persist>())
            {
                Assert.True(WalRecord.TryDecode(persist.Record.Encode(), out _, out _), $"seed {seed}: input {i}");
            }
            if (machine.Height == heightBefore) Assert.True(machine.LockedRound >= lockedBefore, $"seed {seed}: unlocked at input {i}");
            Assert.True(machine.Rounds.Count <= ConsensusLimits.PastRoundsMax + ConsensusLimits.ProposalRoundsAheadMax + 16);
        }
    }

    private int Next(int below)
    {
        _random = unchecked((_random * 6364136223846793005) + 1442695040888963407);
        return (int)((_random >> 33) % (ulong)below);
    }

    private Input Any(HeightMachine machine, EffectList last)
    {
        Effect? effect = last.Count > 0 ? last[Next(last.Count)] : null;
        switch (effect)
        {
            case Effect.SignVote sign when Next(4) > 0: return new Input.VoteSigned(sign.Vote.Sign(sign.Vote.EarliestTime, default));
            case Effect.SignProposal sign when Next(4) > 0: return new Input.ProposalSigned(sign.Proposal.Sign(default), TestSet.TimeOf('a').UnixMs);
            case Effect.BuildValue build when Next(4) > 0: return new Input.ValueBuilt(build.Height, build.Round, Block(), TestSet.TimeOf('a'));
            case Effect.ScheduleTimeout timeout when Next(3) == 0: return new Input.TimeoutElapsed(timeout.Timeout);
        }
        Height height = new(machine.Height.Value + Next(12) switch { 0 => -1, 1 => 1, 2 => 2, _ => 0 });
        int round = machine.Round.Value + Next(8) switch { 0 => -1, 1 => 1, 2 => 2, 3 => Next(200), 4 => -Next(80), _ => 0 };
        BlockId id = Next(3) == 0 ? BlockId.Nil : Block();
        int index = Next(5) - (Next(50) == 0 ? 1 : 0);
        return Next(12) switch
        {
            0 => new Input.WorkAvailable(),
            1 or 2 => new Input.ProposalReceived(
                new Proposal(height, new Round(round), new Round(Next(3) == 0 ? Next(5) : -1), id, TestSet.TimeOf('a'), default),
                TestSet.TimeOf('a').UnixMs + Next(3000)),
            3 or 4 => new Input.ValueValidated(height, id, Next(8) > 0, TestSet.TimeOf('a')),
            5 => new Input.TimeoutElapsed(new Timeout(height, machine.Round, (TimeoutKind)Next(4))),
            6 => new Input.SignRefused(height, new Round(round), VoteType.Prevote, SignCode.Conflict),
            _ => new Input.VoteReceived(new Vote(
                Next(2) == 0 ? VoteType.Prevote : VoteType.Precommit, height, new Round(round), id, TestSet.Genesis,
                index is >= 0 and < 4 ? Set.AddressOf(index) : default, index, default)),
        };
    }

    private BlockId Block() => TestSet.Block((char)('a' + Next(3)));
}
