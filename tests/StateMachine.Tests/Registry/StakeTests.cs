using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions.Stake;

namespace Chain.StateMachine.Tests.Registry;

public sealed class StakeTests
{
    private readonly TestChain _chain = new();

    private StakeBalance Held => Providers.Load(_chain.State, TestKeys.AddressOf("provider"))!.Stake;

    [Fact]
    public void Stake_goes_in_and_out_over_the_unbonding_time()
    {
        ulong bonded = Held.Bonded;
        Assert.Equal(ResultCode.Ok, Run(StakeAction.Bond, 50 * TestGenesis.Credit));
        Assert.Equal(bonded + (50 * TestGenesis.Credit), Held.Bonded);
        Assert.Equal(ResultCode.Ok, Run(StakeAction.Unbond, 150 * TestGenesis.Credit));
        Assert.Equal(ResultCode.TooEarly, Run(StakeAction.Claim, 0));
        _chain.Pass(_chain.Genesis.Parameters.UnbondingSeconds - 3);
        ulong before = _chain.Balance("provider");
        Assert.Equal(ResultCode.TooEarly, Run(StakeAction.Claim, 0));
        Assert.Equal(ResultCode.Ok, Run(StakeAction.Claim, 0));
        Assert.True(_chain.Balance("provider") > before + (149 * TestGenesis.Credit));
        Assert.Equal(bonded - (100 * TestGenesis.Credit), Held.Bonded);
        Assert.Equal(ResultCode.NotFound, Run(StakeAction.Claim, 0));
        Assert.Equal(0, _chain.HeldInAll());
    }

    [Fact]
    public void Locked_stake_and_the_minimum_stay()
    {
        StateOverlay state = new(_chain.State);
        Providers.Store(state, Providers.Load(state, TestKeys.AddressOf("provider"))!.WithLocked(300 * TestGenesis.Credit));
        _chain.State.Apply(state.Changes);
        // 1,000 bonded, 300 locked, 100 the minimum.
        Assert.Equal(ResultCode.StakeLocked, Run(StakeAction.Unbond, (600 * TestGenesis.Credit) + 1));
        Assert.Equal(ResultCode.Ok, Run(StakeAction.Unbond, 600 * TestGenesis.Credit));
        Assert.Equal(ResultCode.StakeLocked, Run(StakeAction.Unbond, 1));
    }

    [Fact]
    public void Requests_that_make_no_sense_are_refused()
    {
        Assert.Equal(ResultCode.BelowMinimum, Run(StakeAction.Bond, 0));
        Assert.Equal(ResultCode.BelowMinimum, Run(StakeAction.Unbond, 0));
        Assert.Equal(ResultCode.OverMaximum, Run(StakeAction.Claim, 1));
        Assert.Equal(ResultCode.NotFound, _chain.RunOne("alice", new Stake(Role.Juror, StakeAction.Bond, 1)).Code);
        for (int i = 0; i < StakeBalance.UnbondingEntriesMax; i++) Assert.Equal(ResultCode.Ok, Run(StakeAction.Unbond, 1));
        Assert.Equal(ResultCode.OverMaximum, Run(StakeAction.Unbond, 1));
    }

    private ResultCode Run(StakeAction action, ulong amount) =>
        _chain.RunOne("provider", new Stake(Role.Provider, action, amount)).Code;
}
