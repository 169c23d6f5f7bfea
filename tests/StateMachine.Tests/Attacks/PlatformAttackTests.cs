using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Governance.Messages;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Admission;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Tests.Governance;
using Chain.StateMachine.Tests.Life;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Attacks;

/// <summary>Attacks on the chain itself, by its users and those who run it: A29 to A37 of marketplace.md section 4 but A35.</summary>
public sealed class PlatformAttackTests
{
    [Fact]
    public void A29_spam_raises_its_own_price_until_it_stops()
    {
        TestChain chain = new(TestGenesis.Document() with
        {
            Parameters = Parameters.Devnet.With(ParameterId.WorkTargetPerSecond, 1000).With(ParameterId.BaseFeeResponse, 10_000),
        });
        ulong before = chain.Balance("alice");
        ulong honest = chain.Balance("bob");
        int sent = 0;
        while (sent < 2000)
        {
            TransactionOutcome outcome = chain.Run(1000, chain.Sign("alice", [.. Enumerable.Repeat(Pay(0), 16)])).Results[0];
            if (outcome.Code == ResultCode.FeeTooLow) break;
            sent++;
        }
        // Above the target the fee doubles every six seconds: the most that alice set is passed within minutes.
        Assert.InRange(sent, 20, 500);
        ulong paid = before - chain.Balance("alice");
        Assert.True(paid > 1_000_000_000, $"{sent} transactions cost {paid} ncredit");
        // Whoever waits pays the floor again.
        chain.Pass(1200);
        Assert.Equal(ResultCode.Ok, chain.RunOne("bob", Pay(1)).Code);
        Assert.True(honest - chain.Balance("bob") < 100_000);
    }

    [Fact]
    public void A30_objects_opened_to_fill_the_state_hold_deposits_and_go()
    {
        AttackWorld attack = new();
        Address hoarder = attack.Newcomer(50);
        int keys = attack.World.Dump().Count;
        const int Count = 40;
        for (int i = 0; i < Count; i++)
        {
            attack.World.Must(hoarder, new OpenOrder(Terms(prepaid: 20) with { RateMax = 1, OpenSeconds = 3600 }));
        }
        // While they stand, each binds its deposits: 0.021 credits and 20 ncredit.
        Assert.Equal(StartFunds - (Count * (OrderDeposit + Storage + 20)), attack.World.Balance(hoarder));
        attack.World.Advance(3600);
        Assert.Equal(0, attack.NetOf(hoarder));
        // What is left of them is the counter of orders.
        Assert.InRange(attack.World.Dump().Count, keys, keys + 1);
    }

    [Fact]
    public void A31_minority_cannot_rush_an_upgrade_and_pays_for_trying()
    {
        GovernanceWorld world = new();
        ulong before = world.Chain.Balance("alice");
        UpgradeChange upgrade = new(2, default, world.Now + 1000);
        // One of four is no majority, and two that say no keep its deposit.
        Assert.Equal(ProposalState.Rejected, world.Decide(upgrade, yes: 1, no: 2));
        Assert.Equal(1UL, AppVersions.Current(world.Chain.State));
        ulong lost = before - world.Chain.Balance("alice");
        Assert.True(lost >= GovernanceWorld.Deposit, $"{lost}");
        // A majority cannot hurry it either, nor move a parameter further than its step.
        Assert.NotEqual(ResultCode.Ok, world.Propose(new UpgradeChange(2, default, world.Now)));
        Assert.Equal(ResultCode.ParameterBounds, world.Propose(GovernanceWorld.Set(ParameterId.MarketFeeBps, 10_000)));
        Assert.Equal(ProposalState.Queued, world.Decide(new UpgradeChange(2, default, world.Now + 1000)));
        Assert.Equal(1UL, AppVersions.Current(world.Chain.State));
    }

    [Fact]
    public void A32_lone_guardian_opens_no_breaker_and_all_of_them_hold_up_no_exit_and_nothing_for_long()
    {
        GovernanceWorld world = new();
        KindMask bids = KindMask.Of(MessageKind.Bid, MessageKind.Transfer);
        ulong longest = world.Parameters.BreakerSecondsMax;
        Assert.Equal(ResultCode.Ok, world.Send("erin", new AskBreaker(bids, longest)));
        Assert.Equal(ResultCode.Ok, world.Send("bob", Pay(1)));
        Assert.Equal(ResultCode.Ok, world.Send("frank", new AskBreaker(bids, longest)));
        Assert.Equal(ResultCode.KindDisabled, world.Send("bob", Pay(1)));
        // The way out stays open: it is judged, though there is nothing to settle, and no guardian may even ask to close it.
        Assert.Equal(ResultCode.NotFound, world.Send("bob", new SettleLeases([1])));
        foreach (MessageKind exit in (MessageKind[])[MessageKind.Settle, MessageKind.Withdraw, MessageKind.LeaseClose, MessageKind.Dispute])
        {
            Assert.Equal(ResultCode.ParameterBounds, world.Send("erin", new AskBreaker(KindMask.Of(exit), 1)));
        }
        world.Pass(longest);
        Assert.Equal(ResultCode.Ok, world.Send("bob", Pay(1)));
        // It stays open for as long as it was closed: at most half of the time is lost.
        Assert.Equal(ResultCode.TooEarly, world.Send("erin", new AskBreaker(bids, 1)));
    }

    [Fact]
    public void A33_old_key_that_signs_again_costs_its_former_owner_stake_and_seats_nobody()
    {
        AdmissionWorld world = new(3);
        world.Must("provider-1", world.Rotate("provider-1", "validator-1", "fresh"));
        world.Block();
        world.Block();
        ulong before = world.ProviderOf("provider-1").Bonded;
        // Whoever got hold of the old key votes twice with it; the provider answers for it while evidence counts.
        world.Equivocate("validator-1", 1);
        Assert.Equal(before - (before / 20), world.ProviderOf("provider-1").Bonded);
        // Nobody else can take the old key, nor its owner a second time, while somebody answers for it.
        world.Register("carol", 150 * TestGenesis.Credit);
        Assert.NotEqual(ResultCode.Ok, world.Send("carol", world.Ask("carol", "validator-1")));
        // And again is not twice: one place, one punishment.
        world.Equivocate("validator-1", 1);
        Assert.Equal(before - (before / 20), world.ProviderOf("provider-1").Bonded);
    }

    /// <summary>
    /// Three of four proposers leave a tenant's dispute out and fill their blocks with their friends' transfers. The fourth takes it,
    /// and it is in time: windows are far longer than a round of proposers, and run on market time, which an outage does not use up.
    /// </summary>
    [Fact]
    public void A34_censored_dispute_is_taken_by_the_first_honest_proposer_and_is_in_time()
    {
        LifeWorld world = new();
        ulong lease = ServedLease(world);
        Deed dispute = new("alice", OpenDispute.About(CaseTarget.Lease, lease, 200_000_000, HashOf(5), 10 * Credit));
        Assert.Equal(ResultCode.Ok, world.Send(new Deed("provider", new CloseLease(
            lease, CloseReason.Done, CloseMode.Now))));
        ulong before = world.Chain.Balance("alice");
        for (int block = 0; block < 3; block++) world.Send(new Deed("bob", Pay(1)));
        Assert.Equal(ResultCode.Ok, world.Send(dispute));
        // The censors win nothing: unanswered, the claim is paid.
        world.Pass(11_000);
        Int128 net = (Int128)world.Chain.Balance("alice") - before;
        Assert.True(net > 190_000_000, $"the tenant has {net} ncredit more");
    }

    [Fact]
    public void A36_what_was_signed_or_sealed_for_one_chain_is_nothing_on_another()
    {
        TestChain other = new(TestGenesis.Document() with { ChainId = "other-1" });
        TestChain chain = new();
        SignedTransaction transaction = chain.Sign("alice", [Pay(5)]);
        ulong before = other.Balance("alice");
        BlockFault fault = BlockValidity.Check(other.State, other.Input(other.Time.AddMs(1000), transaction.Bytes));
        Assert.Equal(ResultCode.WrongChain, fault.Transaction);
        Assert.Equal(before, other.Balance("alice"));
        // The same text with the other chain's name in it is another text: the signature does not fit.
        SignedTransaction renamed = SignedTransaction.Create(
            transaction.Body with { ChainId = "other-1" }, transaction.PublicKey, transaction.Signature);
        fault = BlockValidity.Check(other.State, other.Input(other.Time.AddMs(1000), renamed.Bytes));
        Assert.Equal(ResultCode.BadSignature, fault.Transaction);
        // Proofs of keys, sealed bids, votes and results name their chain as well.
        using PrivateKey node = TestKeys.Of("bob-node");
        Assert.Equal(ResultCode.BadProof, chain.RunOne("bob", RequestAccess.Sign("other-1", TestKeys.AddressOf("bob"), AccessAction.Ask, node)).Code);
        Assert.NotEqual(AuctionMath.Commit("devnet-1", 1, Tenant, 2, HashOf(1)), AuctionMath.Commit("other-1", 1, Tenant, 2, HashOf(1)));
        Assert.NotEqual(CaseMath.Commit("devnet-1", 1, 0, Tenant, 2, HashOf(1)), CaseMath.Commit("other-1", 1, 0, Tenant, 2, HashOf(1)));
        Assert.NotEqual(TaskMath.Seal("devnet-1", 1, Tenant, HashOf(1)), TaskMath.Seal("other-1", 1, Tenant, HashOf(1)));
    }

    [Fact]
    public void A37_same_blocks_come_to_the_same_bytes_however_the_state_was_put_together()
    {
        LifeWorld world = new();
        Random random = new(37);
        for (int step = 0; step < 150; step++) LifeScript.Play(world, random.Next());
        TestChain again = LifeWorld.Beginning();
        using MemoryStore database = new();
        StateStore tree = new(database);
        // The second chain keeps its state in the tree, and reads it from there.
        WriteBatch batch = new();
        tree.Prepare(new Height(again.Height), again.State.All.Select(pair => new KeyValuePair<StateKey, byte[]?>(pair.Key, pair.Value)), batch);
        database.Write(batch, sync: false);
        foreach (BlockInput block in world.Blocks)
        {
            BlockOutcome here = again.Commit(block);
            BlockOutcome there = BlockExecutor.Execute(tree, block);
            Assert.Equal(
                DeterministicResult.HashOf([.. here.Results.Select(result => result.Deterministic)]),
                DeterministicResult.HashOf([.. there.Results.Select(result => result.Deterministic)]));
            batch = new WriteBatch();
            tree.Prepare(block.Height, there.Changes, batch);
            database.Write(batch, sync: false);
        }
        foreach ((StateKey key, byte[] value) in world.Chain.State.All)
        {
            Assert.Equal(Hex.Lower(value), Hex.Lower(tree.Get(key.Store, key.Bytes)!));
        }
    }

    private static Transfer Pay(ulong amount) => new(TestKeys.AddressOf("carol"), amount, default);

    /// <summary>Alice leases from the first provider; it has run for half a minute.</summary>
    private static ulong ServedLease(LifeWorld world)
    {
        (string Sender, Message Message)[] story =
        [
            ("alice", new OpenOrder(Terms())),
            ("provider", BidOn(1)),
            ("alice", new AcceptBid(1, TestKeys.AddressOf("provider"))),
            ("alice", new StartLease(1, default, default)),
            ("provider", new StartLease(1, HashOf(7), HashOf(8))),
        ];
        foreach ((string sender, Message message) in story) Assert.Equal(ResultCode.Ok, world.Send(new Deed(sender, message)));
        world.Pass(30_000);
        return 1;
    }
}
