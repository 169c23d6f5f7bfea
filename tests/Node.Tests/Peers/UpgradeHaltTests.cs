using System;
using System.Threading.Tasks;
using Chain.Node.Core;
using Chain.Node.Hosting;
using Chain.Node.Peers.Messages;
using Chain.Node.Tests.Crashes;
using Chain.Node.Tests.Snapshots;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Governance.Messages;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Transactions;

namespace Chain.Node.Tests.Peers;

/// <summary>A node that was down while the network took up other rules, and that was started with the old program.</summary>
public sealed class UpgradeHaltTests
{
    private const ulong Deposit = 10_000_000_000;

    [Fact]
    public async Task Lagging_peer_with_the_old_program_stops_with_78_at_the_last_block_of_its_rules()
    {
        using SyncWorld world = new(height: 3);
        await PlanUpgradeAsync(world);
        NodeStopException halt = Assert.Throws<NodeStopException>(() => world.RunTo(100_000));
        Assert.Equal(ExitCode.UpgradeHalt, halt.Code);
        Height last = world.Server.Tip.Height;
        Assert.True(last.Value > 3);

        (Block block, Commit commit) = BlockUnderNewRules(world);
        using (CrashNode lagging = new(world.NewHome, static (_, _) => { }))
        {
            world.NewHome.Time.Advance(Math.Max(0, world.Home.Time.NowMs - world.NewHome.Time.NowMs));
            lagging.Begin();
            // The others went on with the new program.
            SyncWorld.Pipe peer = world.Connect(
                lagging, 1, message => message is PeerMessage.Standing standing ? standing with { Height = last.Next.Next } : message);
            NodeStopException stop = Assert.Throws<NodeStopException>(() =>
            {
                world.Deliver();
                lagging.Core.Tick();
                world.Deliver();
                lagging.Handle(peer, new PeerMessage.Decided(block.Encode(), commit));
                lagging.Core.Tick();
            });
            Assert.Equal(ExitCode.UpgradeHalt, stop.Code);
            Assert.Equal(last, lagging.Tip.Height);
        }

        using CrashNode again = new(world.NewHome, static (_, _) => { });
        Assert.Equal(last, again.Tip.Height);
        Assert.Equal(ExitCode.UpgradeHalt, Assert.Throws<NodeStopException>(again.Begin).Code);
    }

    /// <summary>What the one validator would sign with the new program.</summary>
    private static (Block Block, Commit Commit) BlockUnderNewRules(SyncWorld world)
    {
        ChainTip tip = world.Server.Tip;
        PrivateKey key = world.Home.ValidatorKey;
        Block block = new BlockFactory(CrashHome.ChainId, world.Server.State).Make(
            tip, tip.Commit, [], [], tip.Time.AddMs(1_000), key.PublicKey.Address);
        Assert.Equal(2UL, block.Header.VersionApp);
        CommitSig unsigned = new(BlockIdFlag.Commit, key.PublicKey.Address, tip.Time.AddMs(1_001), default);
        Commit commit = new(block.Header.Height, Round.Zero, block.Id(), [unsigned]);
        Signature signature = key.Sign(commit.SignBytesOf(0, CrashHome.ChainId));
        return (block, commit with { Signatures = [unsigned with { Signature = signature }] });
    }

    private static async Task PlanUpgradeAsync(SyncWorld world)
    {
        MarketTime now = MarketClock.At(world.Server.State, world.Server.Tip.Time);
        Parameters parameters = Parameters.Load(world.Server.State);
        MarketTime at = now + (parameters.VotingSeconds + parameters.UpgradeLockSeconds + 10);
        await SendAsync(world, new Propose(new UpgradeChange(2, default, at), Deposit, default));
        await SendAsync(world, new CastVote(VoteAction.Ballot, 1, VoteChoice.Yes));
    }

    private static async Task SendAsync(SyncWorld world, Message message)
    {
        CrashNode server = world.Server;
        PrivateKey owner = world.Home.Owner;
        ulong sequence = Ledger.Load(server.State, owner.PublicKey.Address).NextSequence(0);
        TransactionBody body = new(
            CrashHome.ChainId, owner.PublicKey.Address, 0, sequence, MaxFee: 1_000_000_000, Tip: 0,
            (ulong)((world.Home.Time.NowMs / 1000) + 3_600), [message], "");
        SignedTransaction transaction = SignedTransaction.Sign(body, owner);
        Assert.Equal(0u, (await server.SubmitAsync(transaction.Bytes)).Code);
        while (server.Blocks.FindTransaction(transaction.Id) is null) server.Step();
        (Height height, int index) = server.Blocks.FindTransaction(transaction.Id)!.Value;
        Assert.Equal(0u, server.Blocks.LoadResults(height)!.Transactions[index].Code);
    }
}
