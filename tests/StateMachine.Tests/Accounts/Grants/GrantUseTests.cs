using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Grants;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.StateMachine.Tests.Accounts.Grants;

public sealed class GrantUseTests
{
    private const ulong Credit = TestGenesis.Credit;

    private readonly GrantWorld _world = new();

    [Fact]
    public void Messages_act_for_the_granter_and_the_sender_pays_the_fee()
    {
        _world.Set(_world.Terms(10 * Credit));
        ulong alice = _world.Chain.Balance("alice");
        ulong bob = _world.Chain.Balance("bob");
        ulong carol = _world.Chain.Balance("carol");
        TransactionOutcome outcome = _world.Act(GrantWorld.Pay(3 * Credit), GrantWorld.Pay(Credit));
        Assert.Equal(ResultCode.Ok, outcome.Code);
        Assert.Equal(alice - (4 * Credit), _world.Chain.Balance("alice"));
        Assert.Equal(carol + (4 * Credit), _world.Chain.Balance("carol"));
        Assert.True(_world.Chain.Balance("bob") < bob);
        Assert.Equal(6 * Credit, _world.Read()!.Left);
        Event used = outcome.Events[^1];
        Assert.Equal("GrantUsed", used.Type);
        Assert.Equal("4000000000", used.Attributes[2].Value);
        Assert.Equal("6000000000", used.Attributes[3].Value);
        Assert.Equal(1UL, _world.Chain.Account("bob").NextSequence(0));
        Assert.Equal(1UL, _world.Chain.Account("alice").NextSequence(0));
    }

    [Fact]
    public void Cap_may_be_used_up_exactly_and_not_by_one_more()
    {
        _world.Set(_world.Terms(100));
        Assert.Equal(ResultCode.OverMaximum, _world.Act(GrantWorld.Pay(101)).Code);
        Assert.Equal(ResultCode.OverMaximum, _world.Act(GrantWorld.Pay(60), GrantWorld.Pay(41)).Code);
        Assert.Equal(100UL, _world.Read()!.Left);
        Assert.Equal(ResultCode.Ok, _world.Act(GrantWorld.Pay(60), GrantWorld.Pay(40)).Code);
        Assert.Equal(ResultCode.OverMaximum, _world.Act(GrantWorld.Pay(1)).Code);
    }

    [Fact]
    public void Spending_beyond_the_cap_pays_its_fee_moves_the_sequence_and_undoes_the_messages()
    {
        _world.Set(_world.Terms(100));
        ulong alice = _world.Chain.Balance("alice");
        TransactionOutcome outcome = _world.Act(GrantWorld.Pay(60), GrantWorld.Pay(41));
        Assert.Equal(ResultCode.OverMaximum, outcome.Code);
        Assert.True(outcome.GasUsed > 0);
        Assert.Equal(alice, _world.Chain.Balance("alice"));
        Assert.Equal(1UL, _world.Chain.Account("bob").NextSequence(0));
    }

    [Fact]
    public void What_one_message_puts_back_does_not_pay_for_another()
    {
        // Alice's own stake comes out and would go on to bob: the balance ends as it began, yet 50 credits were given away.
        Assert.Equal(ResultCode.Ok, _world.Run("alice", GrantWorld.AsProvider));
        Assert.Equal(ResultCode.Ok, _world.Run("alice", new Stake(Role.Provider, StakeAction.Unbond, 50 * Credit)));
        _world.Chain.Pass(_world.Chain.Genesis.Parameters.UnbondingSeconds);
        _world.Set(_world.Terms(49 * Credit, MessageKind.Stake, MessageKind.Transfer));
        Message[] drain = [new Stake(Role.Provider, StakeAction.Claim, 0), GrantWorld.Pay(50 * Credit, "bob")];
        Assert.Equal(ResultCode.OverMaximum, _world.Act(drain).Code);
        _world.Set(_world.Terms(50 * Credit, MessageKind.Stake, MessageKind.Transfer));
        Assert.Equal(ResultCode.Ok, _world.Act(drain).Code);
        Assert.Equal(0UL, _world.Read()!.Left);
    }

    [Fact]
    public void Without_a_live_grant_that_lists_each_kind_the_transaction_is_turned_away()
    {
        Assert.Equal(ResultCode.NoGrant, Turned(GrantWorld.Pay(1)));
        _world.Set(_world.Terms(100) with { ExpiresAt = _world.Now + 30 });
        Message bond = new Stake(Role.Provider, StakeAction.Bond, 1);
        Assert.Equal(ResultCode.NoGrant, Turned(bond));
        Assert.Equal(ResultCode.NoGrant, Turned(GrantWorld.Pay(1), bond));
        Assert.Equal(ResultCode.Ok, _world.Act(GrantWorld.Pay(1)).Code);
        Assert.Equal(ResultCode.NoGrant, _world.ActAs("carol", GrantWorld.Pay(1)).Code);
        _world.Revoke();
        Assert.Equal(ResultCode.NoGrant, Turned(GrantWorld.Pay(1)));
    }

    [Fact]
    public void Grant_holds_in_the_last_second_before_its_expiry_and_not_at_it()
    {
        _world.Set(_world.Terms(100) with { ExpiresAt = _world.Now + 4 });
        _world.Chain.Run(1000);
        SignedTransaction pay = _world.Chain.Sign("bob", [GrantWorld.Pay(1)], granter: "alice");
        Assert.Equal(ResultCode.Ok, _world.Slot(pay, secondsAhead: 1));
        Assert.Equal(ResultCode.NoGrant, _world.Slot(pay, secondsAhead: 2));
        Assert.Equal(ResultCode.Ok, _world.Act(GrantWorld.Pay(1)).Code);
        Assert.Equal(ResultCode.NoGrant, _world.Act(GrantWorld.Pay(1)).Code);
    }

    [Fact]
    public void Grant_cannot_be_used_to_grant_rotate_or_revoke()
    {
        _world.Set(_world.Terms(100 * Credit));
        Address dave = TestKeys.AddressOf("dave");
        Assert.Equal(ResultCode.NoGrant, Turned(ChangeGrant.Set(dave, _world.Terms(1))));
        Assert.Equal(ResultCode.NoGrant, Turned(ChangeGrant.Revoke(TestKeys.AddressOf("bob"))));
    }

    [Fact]
    public void Fees_of_the_granter_count_against_the_cap_also_when_the_messages_fail()
    {
        _world.Set(_world.Terms(Credit) with { PaysFees = true });
        ulong alice = _world.Chain.Balance("alice");
        ulong bob = _world.Chain.Balance("bob");
        TransactionOutcome failed = _world.Act(GrantWorld.Pay(2 * Credit));
        Assert.Equal(ResultCode.OverMaximum, failed.Code);
        ulong fee = alice - _world.Chain.Balance("alice");
        Assert.True(fee > 0);
        Assert.Equal(Credit - fee, _world.Read()!.Left);
        Assert.Equal(bob, _world.Chain.Balance("bob"));
        Assert.Equal(1UL, _world.Chain.Account("bob").NextSequence(0));
        Assert.Equal(TestKeys.AddressOf("alice").ToString(), failed.Events[0].Attributes[0].Value);
    }

    [Fact]
    public void Fee_beyond_the_cap_or_the_granters_balance_turns_the_transaction_away()
    {
        _world.Set(_world.Terms(10) with { PaysFees = true });
        Assert.Equal(ResultCode.OverMaximum, Turned(GrantWorld.Pay(1)));
        _world.Set(_world.Terms(ulong.MaxValue) with { PaysFees = true });
        // All but a little of the granter's credits go.
        Assert.Equal(ResultCode.Ok, _world.Act(GrantWorld.Pay(_world.Chain.Balance("alice") - 5_000)).Code);
        Assert.Equal(ResultCode.InsufficientFunds, Turned(GrantWorld.Pay(1)));
    }

    [Fact]
    public void Key_without_credits_may_act_when_the_granter_pays_and_is_forgotten_a_day_later()
    {
        _world.Set(_world.Terms(Credit) with { PaysFees = true, ExpiresAt = _world.Now + 200_000 }, "session-key");
        Assert.Equal(ResultCode.Ok, _world.ActAs("session-key", GrantWorld.Pay(5)).Code);
        Assert.Equal(1UL, _world.Chain.Account("session-key").NextSequence(0));
        _world.Chain.Pass((24 * 3600) + 1);
        Assert.True(_world.Chain.Account("session-key").IsEmpty);
    }

    [Fact]
    public void Granter_that_is_emptied_through_a_grant_is_tracked_like_one_that_emptied_itself()
    {
        _world.Set(_world.Terms(ulong.MaxValue));
        Assert.Equal(ResultCode.Ok, _world.Act(GrantWorld.Pay(_world.Chain.Balance("alice"))).Code);
        Assert.Equal(0UL, _world.Chain.Balance("alice"));
        Assert.True(_world.Chain.Account("alice").EmptiedAt > 0);
    }

    [Fact]
    public void Two_spends_in_one_block_share_the_cap()
    {
        _world.Set(_world.Terms(100));
        BlockOutcome block = _world.Chain.Run(1000,
            _world.Chain.Sign("bob", [GrantWorld.Pay(70)], granter: "alice"),
            _world.Chain.Sign("bob", [GrantWorld.Pay(70)], lane: 1, granter: "alice"));
        Assert.Equal(ResultCode.Ok, block.Results[0].Code);
        Assert.Equal(ResultCode.OverMaximum, block.Results[1].Code);
    }

    [Fact]
    public void Revoking_holds_from_the_next_transaction_of_the_same_block()
    {
        _world.Set(_world.Terms(100));
        BlockOutcome block = _world.Chain.Run(1000,
            _world.Chain.Sign("alice", [ChangeGrant.Revoke(TestKeys.AddressOf("bob"))]),
            _world.Chain.Sign("bob", [GrantWorld.Pay(70)], granter: "alice"));
        Assert.Equal(ResultCode.NoGrant, block.Results[1].Code);
        Assert.Equal(0, block.Results[1].GasUsed);
    }

    [Fact]
    public void Grant_for_one_target_covers_nothing_else()
    {
        GrantTerms terms = _world.Terms(100) with { Target = GrantTarget.Of(TestKeys.AddressOf("carol")) };
        _world.Set(terms);
        Assert.Equal(ResultCode.Ok, _world.Act(GrantWorld.Pay(1)).Code);
        Assert.Equal(ResultCode.NoGrant, Turned(GrantWorld.Pay(1, "dave")));
        Assert.Equal(ResultCode.NoGrant, Turned(GrantWorld.Pay(1), GrantWorld.Pay(1, "dave")));
    }

    [Fact]
    public void Targets_tell_the_object_that_a_message_acts_on()
    {
        Address carol = TestKeys.AddressOf("carol");
        GrantTarget lease = GrantTarget.Of(GrantTargetKind.Lease, 7);
        GrantTarget order = GrantTarget.Of(GrantTargetKind.Order, 7);
        Assert.True(lease.Covers(new Deposit(DepositTarget.Lease, 7, 1)));
        Assert.False(lease.Covers(new Deposit(DepositTarget.Order, 7, 1)));
        Assert.True(order.Covers(new Deposit(DepositTarget.Order, 7, 1)));
        Assert.False(order.Covers(new Deposit(DepositTarget.Order, 8, 1)));
        Assert.True(lease.Covers(new Withdraw(7, 0)));
        Assert.True(lease.Covers(new CloseLease(7, CloseReason.Done, CloseMode.Now)));
        Assert.True(lease.Covers(new StartLease(7, default, default)));
        Assert.True(order.Covers(new CancelOrder(7)));
        Assert.True(order.Covers(new AcceptBid(7, carol)));
        Assert.True(GrantTarget.Of(GrantTargetKind.Offer, 7).Covers(ChangeOffer.Withdraw(7)));
        Assert.False(lease.Covers(new SettleLeases([7])));
        Assert.False(lease.Covers(new Stake(Role.Provider, StakeAction.Bond, 1)));
        Assert.True(GrantTarget.Any.Covers(new Stake(Role.Provider, StakeAction.Bond, 1)));
        Assert.False(GrantTarget.Of(carol).Covers(new Transfer(default, 1, default)));
    }

    /// <summary>Neither fee nor change; admission says the same.</summary>
    private ResultCode Turned(params Message[] messages)
    {
        ResultCode slot = _world.Slot(_world.Chain.Sign("bob", messages, granter: "alice"));
        TransactionOutcome outcome = _world.Act(messages);
        Assert.Equal(0, outcome.GasUsed);
        Assert.Equal(slot, outcome.Code);
        return outcome.Code;
    }
}
