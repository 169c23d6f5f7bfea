using System;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Governance.Messages;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Execution;

namespace Chain.StateMachine.Tests.Governance;

/// <summary>Every edge of a proposal's machine (marketplace.md 5.2), and every code on its way.</summary>
public sealed class ProposalTests
{
    private const ulong Credit = GovernanceWorld.Credit;

    private static readonly ProposalContent Content = GovernanceWorld.Set(ParameterId.BidCap, 64);

    private readonly GovernanceWorld _world = new();

    [Fact]
    public void Deposit_comes_together_from_several_and_the_voting_begins()
    {
        Assert.Equal(ResultCode.BelowMinimum, _world.Propose(Content, Credit - 1));
        Assert.Equal(ResultCode.InsufficientFunds, _world.Propose(Content, Credit, "nobody-rich"));
        Assert.Equal(ResultCode.Ok, _world.Propose(Content, Credit));
        Assert.Equal(ProposalState.Deposit, _world.Read()!.State);
        Assert.Equal(ResultCode.TooEarly, _world.Vote("provider", 1, VoteChoice.Yes));
        Assert.Equal(ResultCode.BelowMinimum, _world.Send("bob", new AddDeposit(1, Credit - 1)));
        Assert.Equal(ResultCode.InsufficientFunds, _world.Send("bob", new AddDeposit(1, 200_000 * Credit)));
        Assert.Equal(ResultCode.NotFound, _world.Send("bob", new AddDeposit(2, Credit)));
        Assert.Equal(ResultCode.Ok, _world.Send("bob", new AddDeposit(1, 4 * Credit)));
        Assert.Equal(ResultCode.Ok, _world.Send("bob", new AddDeposit(1, 4 * Credit)));
        Assert.Equal(ProposalState.Deposit, _world.Read()!.State);
        Assert.Equal(ResultCode.Ok, _world.Send("alice", new AddDeposit(1, Credit)));
        Proposal begun = _world.Read()!;
        Assert.Equal(ProposalState.Voting, begun.State);
        Assert.Equal(_world.Now + GovernanceWorld.Voting, begun.Due);
        Assert.Equal(2, begun.Deposits.Count);
        Assert.Equal(ResultCode.BadState, _world.Send("bob", new AddDeposit(1, Credit)));
    }

    [Fact]
    public void Deposit_that_does_not_come_together_expires_and_goes_back_to_each()
    {
        _world.Propose(Content, Credit);
        _world.Send("bob", new AddDeposit(1, 2 * Credit));
        ulong alice = _world.Chain.Balance("alice");
        ulong bob = _world.Chain.Balance("bob");
        _world.PassState();
        Assert.Equal(ProposalState.Expired, _world.Read()!.State);
        Assert.Equal(alice + Credit, _world.Chain.Balance("alice"));
        Assert.Equal(bob + (2 * Credit), _world.Chain.Balance("bob"));
    }

    [Fact]
    public void Depositors_are_bounded()
    {
        StateOverlay state = new(_world.Chain.State);
        _world.Propose(Content, Credit);
        Proposal crowded = _world.Read()! with { Deposits = new ProposalDeposit[GovernanceLimits.DepositorsMax] };
        ProposalStore.Store(state, crowded, crowded);
        _world.Chain.State.Apply(state.Changes);
        BlockOutcome block = _world.Chain.Run(1000, _world.Chain.Sign("bob", [new AddDeposit(1, Credit)]));
        Assert.Equal(ResultCode.OverMaximum, block.Results[0].Code);
    }

    [Fact]
    public void Without_a_panel_the_voting_begins_at_once_and_the_lock_is_the_least()
    {
        _world.Propose(Content);
        Assert.Equal(ProposalState.Voting, _world.Read()!.State);
        Assert.False(_world.Read()!.HadPanel);
        Assert.Equal(1UL, _world.Read()!.Locks);
        Assert.Equal(ResultCode.NotAccredited, _world.Opinion("heidi", 1, VoteChoice.Yes));
    }

    [Theory]
    [InlineData(0, 0, 2)]
    [InlineData(1, 0, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(0, 1, 3)]
    [InlineData(1, 2, 3)]
    public void Panel_shortens_or_lengthens_the_lock(int inFavour, int against, int locks)
    {
        GovernanceWorld world = new(panel: 3);
        world.Propose(Content);
        Assert.Equal(ProposalState.Panel, world.Read()!.State);
        for (int i = 0; i < inFavour + against; i++)
        {
            VoteChoice choice = i < inFavour ? VoteChoice.Yes : VoteChoice.No;
            Assert.Equal(ResultCode.Ok, world.Opinion(GovernanceWorld.PanelMembers[i], 1, choice));
        }
        world.PassState();
        Assert.Equal(ProposalState.Voting, world.Read()!.State);
        foreach (string validator in GovernanceWorld.Validators) world.Vote(validator, 1, VoteChoice.Yes);
        MarketTime votingEnds = world.Read()!.Due;
        world.PassState();
        Assert.Equal(ProposalState.Queued, world.Read()!.State);
        Assert.Equal(votingEnds + (GovernanceWorld.Lock * (ulong)locks), world.Read()!.Due);
    }

    [Fact]
    public void Panel_speaks_in_its_time_once_and_may_change_its_mind()
    {
        GovernanceWorld world = new(panel: 3);
        Assert.Equal(ResultCode.NotFound, world.Opinion("heidi", 1, VoteChoice.Yes));
        world.Propose(Content, Credit);
        Assert.Equal(ResultCode.TooEarly, world.Opinion("heidi", 1, VoteChoice.Yes));
        world.Send("alice", new AddDeposit(1, 9 * Credit));
        Assert.Equal(ResultCode.NotAccredited, world.Opinion("bob", 1, VoteChoice.Yes));
        Assert.Equal(ResultCode.Ok, world.Opinion("heidi", 1, VoteChoice.Yes));
        Assert.Equal(ResultCode.AlreadyDone, world.Opinion("heidi", 1, VoteChoice.Yes));
        Assert.Equal(ResultCode.Ok, world.Opinion("heidi", 1, VoteChoice.No));
        Assert.Equal(3UL, world.Read()!.Locks);
        Assert.Equal(ResultCode.TooEarly, world.Vote("provider", 1, VoteChoice.Yes));
        world.PassState();
        Assert.Equal(ResultCode.TooLate, world.Opinion("ivan", 1, VoteChoice.Yes));
    }

    [Fact]
    public void Ballots_are_for_holders_of_stake_in_the_time_of_voting_and_may_be_changed()
    {
        _world.Propose(Content);
        Assert.Equal(ResultCode.NotFound, _world.Vote("provider", 2, VoteChoice.Yes));
        Assert.Equal(ResultCode.NoGrant, _world.Vote("alice", 1, VoteChoice.Yes));
        Assert.Equal(ResultCode.Ok, _world.Vote("provider", 1, VoteChoice.Yes));
        Assert.Equal(ResultCode.AlreadyDone, _world.Vote("provider", 1, VoteChoice.Yes));
        Assert.Equal(ResultCode.Ok, _world.Vote("provider", 1, VoteChoice.No));
        _world.PassState();
        ulong stake = Providers.Load(_world.Chain.State, TestKeys.AddressOf("provider"))!.Bonded;
        Assert.Equal(new Tally(0, stake, 0, 4 * stake), _world.Read()!.Tally);
        Assert.Equal(ResultCode.TooLate, _world.Vote("provider", 1, VoteChoice.Yes));
    }

    [Theory]
    [InlineData(3, 0, 0, ProposalState.Queued)]
    [InlineData(3, 1, 0, ProposalState.Queued)]
    [InlineData(2, 0, 1, ProposalState.Queued)]
    [InlineData(2, 1, 0, ProposalState.Rejected)]
    [InlineData(2, 0, 0, ProposalState.Rejected)]
    [InlineData(0, 0, 4, ProposalState.Rejected)]
    public void Parameters_need_a_quorum_and_two_thirds_of_yes_and_no(int yes, int no, int abstain, ProposalState state) =>
        Assert.Equal(state, _world.Decide(Content, yes, no, abstain));

    [Theory]
    [InlineData(3, 1, 0, ProposalState.Queued)]
    [InlineData(2, 0, 2, ProposalState.Rejected)]
    public void Who_decides_is_decided_by_two_thirds_of_all(int yes, int no, int abstain, ProposalState state)
    {
        AccreditationChange content = new(TestKeys.AddressOf("bob"), 6, _world.Now + 10_000);
        Assert.Equal(state, _world.Decide(content, yes, no, abstain));
    }

    [Theory]
    [InlineData(2, 1, ProposalState.Executed)]
    [InlineData(2, 2, ProposalState.Rejected)]
    public void Text_needs_more_yes_than_no_and_no_lock(int yes, int no, ProposalState state) =>
        Assert.Equal(state, _world.Decide(new TextOnly(), yes, no));

    [Theory]
    [InlineData(1, 2, true)]
    [InlineData(2, 1, false)]
    [InlineData(0, 1, false)]
    public void Deposit_is_lost_only_where_a_quorum_wanted_no_more_than_yes(int yes, int no, bool isLost)
    {
        ulong before = _world.Chain.Balance("alice");
        Assert.Equal(ProposalState.Rejected, _world.Decide(Content, yes, no));
        Assert.Empty(_world.Read()!.Deposits);
        bool cameBack = before - _world.Chain.Balance("alice") < Credit;
        Assert.Equal(isLost, !cameBack);
        Assert.Equal(isLost, Pools.Load(_world.Chain.State).Treasury > 9 * Credit);
    }

    [Fact]
    public void Accepted_proposal_takes_effect_at_the_end_of_its_lock_and_not_before()
    {
        ulong before = _world.Chain.Balance("alice");
        Assert.Equal(ProposalState.Queued, _world.Decide(Content));
        _world.Pass(GovernanceWorld.Lock - 1);
        Assert.Equal(32UL, _world.Parameters.BidCap);
        _world.Pass(1);
        Assert.Equal(ProposalState.Executed, _world.Read()!.State);
        Assert.Equal(64UL, _world.Parameters.BidCap);
        Assert.True(_world.Happened("ParameterChanged"));
        Assert.True(before - _world.Chain.Balance("alice") < Credit, "the deposit came back");
        Assert.Equal(ResultCode.TooLate, _world.Delay("erin"));
    }

    [Fact]
    public void More_than_half_of_the_guardians_put_it_off_once_and_never_away()
    {
        _world.Propose(Content);
        Assert.Equal(ResultCode.TooEarly, _world.Delay("erin"));
        foreach (string validator in GovernanceWorld.Validators) _world.Vote(validator, 1, VoteChoice.Yes);
        _world.PassState();
        MarketTime due = _world.Read()!.Due;
        Assert.Equal(ResultCode.NotGuardian, _world.Delay("provider"));
        Assert.Equal(ResultCode.Ok, _world.Delay("erin"));
        Assert.Equal(ResultCode.AlreadyDone, _world.Delay("erin"));
        Assert.Equal(ProposalState.Queued, _world.Read()!.State);
        Assert.Equal(ResultCode.Ok, _world.Delay("frank"));
        Assert.Equal(ProposalState.Delayed, _world.Read()!.State);
        Assert.Equal(due + GovernanceWorld.Lock, _world.Read()!.Due);
        Assert.Equal(ResultCode.AlreadyDone, _world.Delay("grace"));
        _world.PassState();
        Assert.Equal(ProposalState.Executed, _world.Read()!.State);
    }

    [Fact]
    public void What_cannot_take_effect_when_its_time_comes_has_failed_with_the_reason()
    {
        Assert.Equal(ProposalState.Queued, _world.Decide(new TreasurySpend(TestKeys.AddressOf("bob"), 1_000_000 * Credit)));
        _world.PassState();
        Assert.Equal(ProposalState.Failed, _world.Read()!.State);
        Assert.Equal(ResultCode.InsufficientFunds, _world.Read()!.Failure);
        Assert.Empty(_world.Read()!.Deposits);
    }

    [Fact]
    public void Delayed_proposal_may_fail_too()
    {
        _world.Decide(new TreasurySpend(TestKeys.AddressOf("bob"), 1_000_000 * Credit));
        _world.Delay("erin");
        _world.Delay("frank");
        _world.PassState();
        Assert.Equal(ProposalState.Failed, _world.Read()!.State);
    }

    [Fact]
    public void Record_and_ballots_go_after_a_while()
    {
        _world.Decide(new TextOnly());
        Assert.Equal(VoteChoice.Yes, ProposalStore.Ballot(_world.Chain.State, 1, TestKeys.AddressOf("provider")));
        _world.PassState();
        Assert.Null(_world.Read());
        Assert.Null(ProposalStore.Ballot(_world.Chain.State, 1, TestKeys.AddressOf("provider")));
    }

    [Fact]
    public void Validator_without_a_seat_at_the_end_of_the_voting_counts_no_longer()
    {
        _world.Propose(Content);
        foreach (string validator in GovernanceWorld.Validators.AsSpan(0, 3)) _world.Vote(validator, 1, VoteChoice.Yes);
        StateOverlay state = new(_world.Chain.State);
        Assert.Equal(new Tally(30, 0, 0, 40), VotingPowers.Load(state, ProposalKind.Upgrade, default).Count(1));
        Seat seat = Seats.Load(state, TestKeys.PublicOf("validator").Address)!;
        Seats.Store(state, seat with { Expires = new MarketTime(100) });
        Assert.Equal(new Tally(30, 0, 0, 40), VotingPowers.Load(state, ProposalKind.Upgrade, new MarketTime(99)).Count(1));
        Assert.Equal(new Tally(20, 0, 0, 40), VotingPowers.Load(state, ProposalKind.Upgrade, new MarketTime(100)).Count(1));
        Seats.Remove(state, seat.ConsensusAddress);
        Assert.Equal(new Tally(20, 0, 0, 40), VotingPowers.Load(state, ProposalKind.Upgrade, default).Count(1));
    }

    [Fact]
    public void Look_that_comes_late_finds_the_same_dates_as_one_in_time()
    {
        _world.Propose(Content);
        foreach (string validator in GovernanceWorld.Validators) _world.Vote(validator, 1, VoteChoice.Yes);
        MarketTime votingEnds = _world.Read()!.Due;
        // One block that jumps over both deadlines.
        _world.Chain.Run(50_000);
        Assert.Equal(ProposalState.Executed, _world.Read()!.State);
        Assert.Equal(votingEnds + GovernanceWorld.Lock + _world.Parameters.PruneSeconds, _world.Read()!.Due);
    }

    [Fact]
    public void Proposals_that_wait_for_the_work_cap_end_as_they_would_have_and_a_late_vote_finds_the_voting_over()
    {
        GovernanceWorld capped = new(parameters: Parameters.Devnet.With(ParameterId.TimedWorkMax, 1000));
        foreach (GovernanceWorld world in (GovernanceWorld[])[_world, capped])
        {
            Propose propose = new(Content, GovernanceWorld.Deposit, default);
            // One block, so that all have the same deadlines.
            world.Chain.Run(1000, world.Chain.Sign("alice", [propose, propose, propose, propose]));
            for (ulong id = 1; id <= 4; id++)
            {
                foreach (string validator in GovernanceWorld.Validators[..3]) world.Vote(validator, id, id < 4 ? VoteChoice.Yes : VoteChoice.No);
            }
        }
        Assert.Equal(_world.Read()!.Due, capped.Read()!.Due);
        capped.PassState();
        Assert.Equal(ProposalState.Queued, capped.Read(1)!.State);
        Assert.Equal(ProposalState.Voting, capped.Read(4)!.State);
        Assert.Equal(ResultCode.TooLate, capped.Vote("provider-3", 4, VoteChoice.Yes));
        _world.PassState();
        Assert.Equal(ProposalState.Rejected, _world.Read(4)!.State);
        capped.Pass(30);
        _world.Pass(30);
        for (ulong id = 1; id <= 4; id++)
        {
            Assert.Equal(_world.Read(id)!.State, capped.Read(id)!.State);
            Assert.Equal(_world.Read(id)!.Tally, capped.Read(id)!.Tally);
        }
    }
}
