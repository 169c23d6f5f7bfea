using System;
using System.Threading.Tasks;
using Chain.Node.Snapshots;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proofs;
using Chain.StateMachine.Store;

namespace Chain.Node.Tests.Crashes;

/// <summary>A validator that keeps few heights, and loses power while it drops the others.</summary>
public sealed class PruningTests(ITestOutputHelper output)
{
    private const int Retain = 12;

    /// <summary>Evidence and unbonding run out within seconds, so that blocks can go soon.</summary>
    private static readonly Parameters Short = Parameters.Devnet
        .With(ParameterId.EvidenceBlocksMax, 5)
        .With(ParameterId.EvidenceSecondsMax, 4)
        .With(ParameterId.TrustingSeconds, 4)
        .With(ParameterId.UnbondingSeconds, 5);

    [Fact]
    public async Task Validator_keepingFewHeights_losesPowerAnywhere_whatItKeepsIsWhole()
    {
        int seed = Environment.TickCount & 0xffff;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        using CrashHome home = new(Short, Retain);
        for (int life = 0; life < 6; life++)
        {
            using (CrashNode node = new(home, (_, _) => { }))
            {
                node.Begin();
                long until = node.Tip.Height.Value + random.Next(15, 40);
                while (node.Tip.Height.Value < until)
                {
                    if (random.Next(8) == 0) await CrashTests.SubmitAsync(home, node, random);
                    node.Step();
                }
                Check(node);
            }
            home.Crash(random);
        }
        using CrashNode last = new(home, (_, _) => { });
        Check(last);
        Assert.True(last.Blocks.First.Value > Retain, $"blocks from {last.Blocks.First} of {last.Tip.Height} are kept");
        Assert.True(last.State.PrunedBelow.Value > Retain, "states were dropped");
    }

    [Fact]
    public void Blocks_thatEvidenceMayNeed_stay()
    {
        using CrashHome home = new(Short.With(ParameterId.EvidenceSecondsMax, 1_000).With(ParameterId.UnbondingSeconds, 2_000), Retain);
        using CrashNode node = new(home, (_, _) => { });
        node.Begin();
        while (node.Tip.Height.Value < 3 * Retain) node.Step();
        Assert.Equal(new Height(1), node.Blocks.First);
        Assert.Equal(node.Tip.Height.Value - Retain + 1, node.State.PrunedBelow.Value);
    }

    [Fact]
    public void Blocks_fromTheOldestSnapshotOn_stay()
    {
        using CrashHome home = new(Short, Retain);
        using CrashNode node = new(home, (_, _) => { }, snapshotInterval: 2 * Retain);
        node.Begin();
        while (node.Tip.Height.Value < 7 * Retain)
        {
            node.Step();
            for (int i = 0; i < 10; i++) node.Core.Tick();
        }
        Assert.Equal([new Height(4 * Retain), new Height(6 * Retain)], new SnapshotStore(home.Store).Heights());
        Assert.Equal(new Height(4 * Retain), node.Blocks.First);
        Assert.Equal(node.Tip.Height.Value - Retain + 1, node.State.PrunedBelow.Value);
    }

    /// <summary>Every kept block loads whole with its index, nothing below is left, and every kept state is proven.</summary>
    private static void Check(CrashNode node)
    {
        Height first = node.Blocks.First;
        Assert.Equal(node.Tip.Height, node.Blocks.Last);
        for (Height height = first; height <= node.Tip.Height; height = height.Next)
        {
            StoredBlock? block = node.Blocks.Load(height);
            Assert.True(block is not null, $"height {height} of {first} to {node.Tip.Height} is not whole");
            Assert.Equal(height, node.Blocks.FindBlock(block.Id.Hash));
            Assert.Equal(block.Block.Header.ValidatorsHash, block.Validators.Hash());
            foreach (byte[] transaction in block.Block.Transactions)
            {
                Assert.Equal(height, node.Blocks.FindTransaction(Sha256.Hash(transaction))?.Height);
            }
        }
        if (first.Value > 1)
        {
            Assert.Null(node.Blocks.LoadMeta(new Height(first.Value - 1)));
            Assert.Null(node.Blocks.LoadBlock(new Height(first.Value - 1)));
        }
        byte[] key = Schema.Key(Schema.Parameters);
        for (Height height = new(Math.Max(1, node.State.PrunedBelow.Value)); height < node.Tip.Height; height = height.Next)
        {
            Assert.True(node.State.TryProve(StoreId.Meta, key, height, out StateProof? proof), $"no proof at {height}");
            Hash256 appHash = node.Blocks.LoadMeta(height.Next)!.Header.AppHash;
            Assert.Equal(ProofVerdict.Valid, StateProofVerifier.Verify(appHash, "meta", key, proof.Value, [.. proof.Ops]));
        }
    }
}
