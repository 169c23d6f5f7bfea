using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using Chain.Consensus.Votes;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;

namespace Chain.Benchmarks;

/// <summary>Tallies of 100 validators; times and bytes are for one vote, its signature checked before.</summary>
public class VoteBenchmarks
{
    private const int ValidatorCount = 100;

    private readonly List<Vote> _votes = [];
    private ValidatorSet _validators = null!;
    private VoteTally _open = null!;

    [GlobalSetup]
    public void Setup()
    {
        List<ValidatorUpdate> members = [];
        for (int i = 0; i < ValidatorCount; i++)
        {
            using PrivateKey key = Samples.Key(i);
            members.Add(new ValidatorUpdate(key.PublicKey, 10));
        }
        Invariant.Holds(ValidatorSet.TryCreate(members, out _validators, out string error), error);
        BlockId block = new(Samples.HashOf(1), new PartSetHeader(1, Samples.HashOf(2)));
        for (int i = 0; i < ValidatorCount; i++)
        {
            _votes.Add(new Vote(
                VoteType.Prevote, new Height(1), new Round(0), block, Samples.Time, _validators.Validators[i].Address, i, default));
        }
        _open = new VoteTally(_validators);
    }

    /// <summary>A whole round: a new tally (its arrays are the only bytes) and 100 votes, past the quorum.</summary>
    [Benchmark(OperationsPerInvoke = ValidatorCount)]
    public bool CountARound()
    {
        VoteTally tally = new(_validators);
        foreach (Vote vote in _votes) tally.Add(vote, isWanted: false, out _);
        return tally.QuorumValue is not null;
    }

    /// <summary>A vote counted and taken back in a tally that stands: allocates nothing.</summary>
    [Benchmark(OperationsPerInvoke = ValidatorCount)]
    public long CountAndForget()
    {
        long power = 0;
        foreach (Vote vote in _votes)
        {
            _open.Add(vote, isWanted: false, out _);
            power += _open.Power;
            _open.Forget(vote.ValidatorIndex);
        }
        return power;
    }
}
