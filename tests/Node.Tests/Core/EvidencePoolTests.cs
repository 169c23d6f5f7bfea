using System.Collections.Generic;
using System.Linq;
using Chain.Consensus.Core;
using Chain.Node.Core;
using Chain.Node.Storage.Blocks;
using Chain.Node.Tests.Rpc;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.Node.Tests.Core;

public sealed class EvidencePoolTests
{
    [Fact]
    public void Pending_votesOfRunningHeight_waitForTheirBlockAndCarryItsTime()
    {
        using TestChain chain = new(1);
        chain.Add([]);
        EvidencePool pool = PoolOf(chain);
        pool.Report(Conflict(height: 2));
        Assert.Empty(Pending(pool, chain));

        StoredBlock second = chain.Add([]);
        pool.DropSettled(chain.Last!.Height, chain.Last.Block.Header.Time);

        Assert.Equal(second.Block.Header.Time, Assert.Single(Pending(pool, chain)).Timestamp);
    }

    [Fact]
    public void Report_sameValidatorAndHeightTwice_keepsOnePair()
    {
        using TestChain chain = new(1);
        chain.Add([]);
        EvidencePool pool = PoolOf(chain);
        pool.Report(Conflict(height: 1));
        pool.Report(Conflict(height: 1, round: 4));
        pool.Report(Conflict(height: 1, validator: 9));

        Assert.Equal(2, Pending(pool, chain).Count);
    }

    [Fact]
    public void Report_moreThanABlockHolds_isBounded()
    {
        using TestChain chain = new(1);
        chain.Add([]);
        EvidencePool pool = PoolOf(chain);
        for (int i = 0; i <= Limits.EvidencePerBlockMax; i++) pool.Report(Conflict(height: 1, validator: (byte)i));

        Assert.Equal(Limits.EvidencePerBlockMax, Pending(pool, chain).Count);
    }

    [Fact]
    public void Pending_lessRoomThanEvidence_offersWhatFits()
    {
        using TestChain chain = new(1);
        chain.Add([]);
        EvidencePool pool = PoolOf(chain);
        for (byte i = 0; i < 3; i++) pool.Report(Conflict(height: 1, validator: i));
        int size = Pending(pool, chain)[0].ToProto().Length;

        chain.Add([], Set(ParameterId.EvidenceBytesMax, (ulong)(2 * size) + 1));
        Assert.Equal(2, Pending(pool, chain).Count);
        chain.Add([], Set(ParameterId.EvidenceBytesMax, 0));
        Assert.Empty(Pending(pool, chain));
    }

    [Fact]
    public void Evidence_powerFailsAtOnce_comesBackAfterTheRestart()
    {
        using LossyStore store = new();
        EvidencePool before = new(new StateStore(store), new BlockStore(store), new EvidenceStore(store));
        before.Report(Conflict(height: 7));
        store.LoseUnsynced();

        ConflictingVotes kept = Assert.Single(new EvidenceStore(store).LoadAll());
        Assert.Equal(Conflict(height: 7), kept);
    }

    [Fact]
    public void Evidence_afterARestart_isProposedByTheNewPool()
    {
        using TestChain chain = new(1);
        chain.Add([]);
        PoolOf(chain).Report(Conflict(height: 1));
        chain.Add([]);

        Assert.Single(Pending(PoolOf(chain), chain));
    }

    [Fact]
    public void DropSettled_punishedEvidence_isForgottenOnDiskToo()
    {
        using TestChain chain = new(1);
        chain.Add([]);
        EvidencePool pool = PoolOf(chain);
        ConflictingVotes votes = Conflict(height: 1);
        pool.Report(votes);
        chain.Add([], state => SlashKeys.Take(state, votes.VoteA.ValidatorAddress, votes.VoteA.Height));
        Assert.Empty(Pending(pool, chain));

        pool.DropSettled(chain.Last!.Height, chain.Last.Block.Header.Time);

        Assert.Empty(new EvidenceStore(chain.Store).LoadAll());
    }

    [Fact]
    public void DropSettled_expiredByBothAges_isForgotten()
    {
        using TestChain chain = new(1);
        chain.Add([], state => Parameters.Store(state, Parameters.Devnet
            .With(ParameterId.EvidenceBlocksMax, 3).With(ParameterId.EvidenceSecondsMax, 3)));
        EvidencePool pool = PoolOf(chain);
        pool.Report(Conflict(height: 1));
        // A block each 1.5 s: after three more, neither age is over its limit; after four, both are.
        for (int i = 0; i < 3; i++) Step(pool, chain);
        Assert.Single(Pending(pool, chain));
        Step(pool, chain);
        Assert.Empty(Pending(pool, chain));
        Assert.Empty(new EvidenceStore(chain.Store).LoadAll());
    }

    private static void Step(EvidencePool pool, TestChain chain)
    {
        chain.Add([]);
        pool.DropSettled(chain.Last!.Height, chain.Last.Block.Header.Time);
    }

    private static System.Action<StateOverlay> Set(ParameterId id, ulong value) =>
        state => Parameters.Store(state, Parameters.Devnet.With(id, value));

    private static EvidencePool PoolOf(TestChain chain) =>
        new(new StateStore(chain.Store), new BlockStore(chain.Store), new EvidenceStore(chain.Store));

    private static IReadOnlyList<DuplicateVoteEvidence> Pending(EvidencePool pool, TestChain chain) =>
        pool.Pending(chain.Last!.Height, chain.Last.Block.Header.Time);

    private static ConflictingVotes Conflict(long height, byte validator = 0, int round = 0)
    {
        byte[] address = Enumerable.Repeat(validator, Address.Size).ToArray();
        Vote VoteFor(byte block) => new(
            VoteType.Prevote,
            new Height(height),
            new Round(round),
            new BlockId(Sha256.Hash([block]), new PartSetHeader(1, Sha256.Hash([block, 1]))),
            new Timestamp(1_800_000_000, 5),
            Address.From(address),
            0,
            default);
        return ConflictingVotes.Of(VoteFor(1), VoteFor(2), totalPower: 10, validatorPower: 3);
    }
}
