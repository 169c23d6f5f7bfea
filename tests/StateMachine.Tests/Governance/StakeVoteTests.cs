using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions.Register;
using Chain.StateMachine.Transactions.Stake;

namespace Chain.StateMachine.Tests.Governance;

public sealed class StakeVoteTests
{
    private const ulong Credit = GovernanceWorld.Credit;

    private readonly GovernanceWorld _world = new();

    [Fact]
    public void Everybody_with_a_stake_in_a_role_votes_by_it_and_nobody_else()
    {
        Assert.Equal(ResultCode.Ok, _world.Propose(new TextOnly()));
        Assert.Equal(ResultCode.NoGrant, _world.Vote("bob", 1, VoteChoice.Yes));
        Assert.Equal(ResultCode.Ok, _world.Send("bob", new Register(Role.Juror, 50 * Credit, "", default, [], "", [], 0)));
        Assert.Equal(ResultCode.Ok, _world.Vote("bob", 1, VoteChoice.Yes));
        Assert.Equal(ResultCode.Ok, _world.Vote("provider", 1, VoteChoice.No));
        VotingPowers powers = VotingPowers.Load(_world.Chain.State, ProposalKind.Text, _world.Now);
        ulong provider = Providers.Load(_world.Chain.State, TestKeys.AddressOf("provider"))!.Bonded;
        Assert.Equal((50 * Credit, provider), (powers.Of(TestKeys.AddressOf("bob")), powers.Of(TestKeys.AddressOf("provider"))));
        Assert.Equal((50 * Credit, provider, (4 * provider) + (50 * Credit)), (powers.Count(1).Yes, powers.Count(1).No, powers.Total));
        // What is on its way out counts no longer.
        Assert.Equal(ResultCode.Ok, _world.Send("bob", new Stake(Role.Juror, StakeAction.Unbond, 40 * Credit)));
        Assert.Equal(10 * Credit, VotingPowers.Load(_world.Chain.State, ProposalKind.Text, _world.Now).Count(1).Yes);
    }

    [Fact]
    public void What_consensus_depends_on_is_for_the_seats_whatever_stake_others_have()
    {
        Assert.Equal(ResultCode.Ok, _world.Send("bob", new Register(Role.Juror, 50 * Credit, "", default, [], "", [], 0)));
        Assert.Equal(ResultCode.Ok, _world.Propose(new AccreditationChange(TestKeys.AddressOf("bob"), Accreditations.ScopePanel, MarketTime.Never)));
        Assert.Equal(ResultCode.NoGrant, _world.Vote("bob", 1, VoteChoice.Yes));
        Assert.Equal(40UL, VotingPowers.Load(_world.Chain.State, ProposalKind.Accreditation, _world.Now).Total);
    }

    [Fact]
    public void Stake_above_the_cap_counts_for_nothing_more_and_a_new_cap_holds_for_all()
    {
        Address provider = TestKeys.AddressOf("provider");
        ulong stake = Providers.Load(_world.Chain.State, provider)!.Bonded;
        _world.Enact(GovernanceWorld.Set(ParameterId.VoteStakeMax, Parameters.Devnet.VoteStakeMax / 2));
        Assert.Equal(Parameters.Devnet.VoteStakeMax / 2, RegistryTotals.Load(_world.Chain.State).VoteCap);
        StateOverlay state = new(_world.Chain.State);
        RegistryTotals.After(state, _world.Chain.State, stake / 4).Store(state);
        VotingPowers powers = VotingPowers.Load(state, ProposalKind.Text, _world.Now);
        Assert.Equal((stake / 4, stake), (powers.Of(provider), powers.Total));
    }

    [Fact]
    public void Totals_kept_up_with_every_block_are_those_of_a_walk_over_everybody()
    {
        Assert.Equal(ResultCode.Ok, _world.Send("bob", new Register(Role.Juror, 50 * Credit, "", default, [], "", [], 0)));
        Assert.Equal(ResultCode.Ok, _world.Send("alice", new Register(
            Role.Provider, 200 * Credit, "", default, [new(ResourceClass.CpuMilli, 8000)], "eu", [], 1)));
        Assert.Equal(ResultCode.Ok, _world.Send("bob", new Stake(Role.Juror, StakeAction.Unbond, 40 * Credit)));
        RegistryTotals kept = RegistryTotals.Load(_world.Chain.State);
        StateOverlay anew = new(_world.Chain.State);
        (kept with { VoteCap = 0 }).Store(anew);
        Assert.Equal(kept, RegistryTotals.After(anew, _world.Chain.State, kept.VoteCap));
    }
}
