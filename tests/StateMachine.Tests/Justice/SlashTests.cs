using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Tests.Market;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Justice;

public sealed class SlashTests
{
    private readonly MarketWorld _world = new();

    [Fact]
    public void A25_contradiction_is_slashed_once_and_every_credit_of_it_is_accounted_for()
    {
        Address liar = Liar();
        ReportFault report = Report(HashOf(1), HashOf(2));
        Announce(Stranger, report);
        PoolBalances before = Pools.Load(_world.State);
        _world.Must(Stranger, report);
        PoolBalances after = Pools.Load(_world.State);
        // 5 % of 200 credits; a tenth of it is the reporter's.
        Assert.Equal(Stake - (10 * Credit), _world.ProviderAt(liar).Bonded);
        Assert.Equal(ProviderStatus.Jailed, _world.ProviderAt(liar).Status);
        Assert.Equal(StartFunds + Credit, _world.Balance(Stranger));
        Assert.Equal((4_500_000_000UL, 4_500_000_000UL), (after.Reliability - before.Reliability, after.Burned - before.Burned));
        // The same two statements, or a third of the same epoch, are the same fault.
        Announce(Tenant, report);
        Assert.Equal(ResultCode.DoubleJeopardy, _world.Send(Tenant, report));
        Assert.Equal(ResultCode.DoubleJeopardy, _world.Send(Tenant, Report(HashOf(1), HashOf(3))));
    }

    [Fact]
    public void A35_report_that_was_not_announced_in_time_by_its_sender_is_refused()
    {
        Liar();
        ReportFault report = Report(HashOf(1), HashOf(2));
        Assert.Equal(ResultCode.BadCommit, _world.Send(Stranger, report));
        Hash256 commit = CommitReport.Of(ChainId, Stranger, report.Matter, report.Salt);
        Assert.Equal(ResultCode.BadCommit, _world.Send(Stranger, new CommitReport(default)));
        _world.Must(Stranger, new CommitReport(commit));
        Assert.Equal(ResultCode.Exists, _world.Send(Stranger, new CommitReport(commit)));
        Assert.Equal(ResultCode.TooEarly, _world.Send(Stranger, report));
        // Who sees the report in the mempool announces it too, and is too early when it lands.
        _world.Advance(2);
        _world.Must(Tenant, new CommitReport(CommitReport.Of(ChainId, Tenant, report.Matter, report.Salt)));
        Assert.Equal(ResultCode.TooEarly, _world.Send(Tenant, report));
        _world.Must(Stranger, report);
        _world.Advance(2);
        Assert.Equal(ResultCode.DoubleJeopardy, _world.Send(Tenant, report));
        Assert.Equal(StartFunds - Storage, _world.Balance(Tenant));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2_000_000)]
    public void Announcement_holds_a_deposit_until_the_report_comes_or_is_too_old(ulong cap)
    {
        Liar();
        ReportFault report = Report(HashOf(1), HashOf(2));
        Announce(Stranger, report);
        Assert.Equal(StartFunds - Storage, _world.Balance(Stranger));
        Hash256 idle = CommitReport.Of(ChainId, Tenant, report.Matter, report.Salt);
        _world.Must(Tenant, new CommitReport(idle));
        ulong before = _world.Balance(Stranger);
        _world.Must(Stranger, report);
        Assert.Contains(_world.LastEvents, happened => happened.Type == "ReportNoticeEnded");
        Assert.Equal(before + Storage + Credit, _world.Balance(Stranger));
        _world.Advance(Parameters.Devnet.PruneSeconds + 1);
        Assert.Equal(StartFunds - Storage, _world.Balance(Tenant));
        _world.Parameters = Parameters.Devnet.With(ParameterId.TimedWorkMax, cap);
        _world.Advance(1);
        // What is gone, or should be, announces nothing any more.
        Assert.Equal(ResultCode.BadCommit, _world.Send(Tenant, report));
        _world.Parameters = Parameters.Devnet;
        _world.Advance(0);
        Assert.Equal(StartFunds, _world.Balance(Tenant));
    }

    [Fact]
    public void Statements_that_do_not_contradict_or_are_not_signed_prove_nothing()
    {
        Address liar = Liar();
        ReportFault good = Report(HashOf(1), HashOf(2));
        Announce(Stranger, good);
        Assert.Equal(ResultCode.BadProof, _world.Send(Stranger, good with { First = good.Second, Second = good.First }));
        Assert.Equal(ResultCode.BadProof, _world.Send(Stranger, good with { Second = good.First }));
        Assert.Equal(ResultCode.BadProof, _world.Send(Stranger, good with { Second = good.Second with { Epoch = 8 } }));
        Assert.Equal(ResultCode.BadProof, _world.Send(Stranger, good with { Second = good.Second with { DataHash = HashOf(3) } }));
        Assert.Equal(ResultCode.BadProof, _world.Send(Stranger, good with { Second = good.Second with { Kind = StatementKind.Probe } }));
        Assert.Equal(ResultCode.NotFound, _world.Send(Stranger, good with { Role = Role.Juror }));
        Announce(liar, good);
        Assert.Equal(ResultCode.SelfDeal, _world.Send(liar, good));
    }

    [Fact]
    public void Slash_reaches_what_is_unbonding_and_leaves_collateral()
    {
        Address liar = Liar();
        Provider provider = _world.ProviderAt(liar);
        Providers.Store(_world.State, provider with { Stake = new StakeBalance(Stake - Credit, Stake - Credit, [new(Credit, _world.Now + 60)]) });
        ReportFault report = Report(HashOf(1), HashOf(2));
        Announce(Stranger, report);
        _world.Must(Stranger, report);
        StakeBalance left = _world.ProviderAt(liar).Stake;
        Assert.Equal((Stake - Credit, Stake - Credit, 0), (left.Bonded, left.Locked, left.Unbonding.Count));
    }

    [Fact]
    public void Slash_of_another_role_takes_its_stake()
    {
        using PrivateKey key = TestKeys.Of("liar");
        _world.AddRole(Role.Prober, key.PublicKey.Address, 100 * Credit);
        ReportFault report = Report(HashOf(1), HashOf(2)) with { Role = Role.Prober };
        Announce(Stranger, report);
        _world.Must(Stranger, report);
        Assert.Equal(95 * Credit, RoleHolders.Load(_world.State, Role.Prober, key.PublicKey.Address)!.Stake.Bonded);
    }

    [Fact]
    public void P13_split_adds_up_to_the_slash()
    {
        for (ulong amount = 0; amount < 1000; amount++)
        {
            SlashSplit split = SlashSplit.Of(amount, Parameters.Devnet);
            Assert.Equal(amount, split.Reporter + split.Reliability + split.Burned);
        }
        Assert.Equal(Parameters.Devnet.ReporterRewardMax, SlashSplit.Of(ulong.MaxValue, Parameters.Devnet).Reporter);
    }

    private Address Liar()
    {
        using PrivateKey key = TestKeys.Of("liar");
        _world.Mint(key.PublicKey.Address, StartFunds);
        _world.AddProvider(key.PublicKey.Address, "eu");
        return key.PublicKey.Address;
    }

    private static ReportFault Report(Hash256 first, Hash256 second)
    {
        using PrivateKey key = TestKeys.Of("liar");
        return new ReportFault(key.PublicKey, Role.Provider, Sign(key, first), Sign(key, second), HashOf(50));
    }

    private static SignedStatement Sign(PrivateKey key, Hash256 data)
    {
        SignedStatement statement = new(StatementKind.LogRoot, HashOf(7), 7, data, default);
        return statement with { Signature = key.Sign(statement.SignBytes(ChainId)) };
    }

    private void Announce(in Address reporter, ReportFault report)
    {
        _world.Must(reporter, new CommitReport(CommitReport.Of(ChainId, reporter, report.Matter, report.Salt)));
        _world.Advance(2);
    }
}
