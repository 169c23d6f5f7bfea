using System.Collections.Generic;
using System.Threading.Tasks;
using Chain.Consensus.Core;
using Chain.Node.Core;
using Chain.Node.Hosting;
using Chain.Node.Keys;
using Chain.Node.Storage.Blocks;
using Chain.Node.Storage.Rocks;
using Chain.Node.Tests.Export;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.Node.Tests.Core;

/// <summary>Evidence on a real node's disk: from the restart into a block, and what blocks may carry.</summary>
public sealed class EvidenceInBlocksTests
{
    [Fact]
    public async Task Evidence_keptOverARestart_isPunishedOnceAndNeverAgain()
    {
        using StoppedNode node = StoppedNode.Create();
        await node.RunAsync(3);
        using PrivateKey key = KeyFile.Load(node.Home.ValidatorKeyFile);
        using (RocksDbStore store = RocksDbStore.Open(node.Home.StateFolder))
        {
            new EvidenceStore(store).Save(Conflict(key, new Height(2), power: PowerAt(store, new Height(2))));
        }

        await node.RunAsync(3);
        Height last = await node.RunAsync(3);

        using RocksDbStore after = RocksDbStore.Open(node.Home.StateFolder);
        BlockStore blocks = new(after);
        int carried = 0;
        for (Height at = new(1); at <= last; at = at.Next) carried += blocks.LoadBlock(at)!.Evidence.Count;
        Assert.Equal(1, carried);
        Assert.True(SlashKeys.IsTaken(new StateStore(after), key.PublicKey.Address, new Height(2)));
        Assert.Empty(new EvidenceStore(after).LoadAll());
        // The pool refuses it now, and so does the judge, whoever proposes it.
        Assert.False(Judge(node.Home, after, key, [EvidenceOf(after, key, new Height(2))]));
        Assert.True(Judge(node.Home, after, key, [EvidenceOf(after, key, new Height(3))]));
    }

    [Fact]
    public async Task Judge_evidenceThatDoesNotHold_refusesTheBlock()
    {
        using StoppedNode node = StoppedNode.Create();
        Height tip = await node.RunAsync(3);
        using PrivateKey key = KeyFile.Load(node.Home.ValidatorKeyFile);
        using RocksDbStore store = RocksDbStore.Open(node.Home.StateFolder);
        DuplicateVoteEvidence good = EvidenceOf(store, key, new Height(2));
        Assert.True(Judge(node.Home, store, key, [good]));

        Vote a = good.VoteA;
        Vote b = good.VoteB;
        DuplicateVoteEvidence[] bad =
        [
            good with { VoteA = b, VoteB = a },
            good with { VoteB = a },
            good with { VoteA = a with { Signature = b.Signature } },
            good with { VoteB = b with { Round = new Round(1) } },
            good with { VoteA = a with { ValidatorIndex = 1 }, VoteB = b with { ValidatorIndex = 1 } },
            good with { ValidatorPower = good.ValidatorPower + 1 },
            good with { TotalVotingPower = good.TotalVotingPower + 1 },
            good with { Timestamp = good.Timestamp.AddMs(1) },
            ForgedAt(key, tip.Next, good),
            ForgedAt(key, new Height(0), good),
        ];
        for (int i = 0; i < bad.Length; i++) Assert.False(Judge(node.Home, store, key, [bad[i]]), $"case {i}");
        Assert.False(Judge(node.Home, store, key, [good, good]));
    }

    /// <summary>Whether a block of ours with this evidence would get votes.</summary>
    private static bool Judge(
        NodeHome home, RocksDbStore store, PrivateKey key, IReadOnlyList<DuplicateVoteEvidence> evidence)
    {
        GenesisDocument genesis = GenesisFile.Parse(home.GenesisFile, home.ReadGenesis());
        StateStore state = new(store);
        BlockStore blocks = new(store);
        ChainTip tip = TipLoader.Load(genesis, home.GenesisStateFile, store, state, blocks);
        BlockFactory factory = new(genesis.ChainId, state);
        Block block = factory.Make(tip, tip.Commit, [], evidence, tip.Time.AddMs(1), key.PublicKey.Address);
        return new BlockJudge(genesis.ChainId, factory, blocks, state, Ed25519Verifier.Instance).Judge(tip, block, block.Id()) is not null;
    }

    private static DuplicateVoteEvidence EvidenceOf(RocksDbStore store, PrivateKey key, Height height) =>
        Conflict(key, height, PowerAt(store, height)).ToEvidence(new BlockStore(store).LoadMeta(height)!.Header.Time);

    /// <summary>Rightly signed votes for a height that has no block.</summary>
    private static DuplicateVoteEvidence ForgedAt(PrivateKey key, Height height, DuplicateVoteEvidence good) =>
        Conflict(key, height, good.ValidatorPower).ToEvidence(good.Timestamp);

    private static long PowerAt(RocksDbStore store, Height height) => new BlockStore(store).LoadValidators(height)!.TotalPower;

    private static ConflictingVotes Conflict(PrivateKey key, Height height, long power)
    {
        Vote VoteFor(byte block)
        {
            BlockId id = new(Sha256.Hash([block]), new PartSetHeader(1, Sha256.Hash([block, 1])));
            Vote vote = new(
                VoteType.Precommit, height, Round.Zero, id, new Timestamp(1_800_000_000, 5), key.PublicKey.Address, 0, default);
            return vote with { Signature = key.Sign(vote.SignBytes("test-1")) };
        }
        return ConflictingVotes.Of(VoteFor(1), VoteFor(2), power, power);
    }
}
