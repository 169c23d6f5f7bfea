using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Governance.Messages;
using Chain.StateMachine.Governance.Upgrades;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Tests.Governance;

public sealed class ContentTests
{
    private const ulong Credit = GovernanceWorld.Credit;

    private static readonly Address Bob = TestKeys.AddressOf("bob");

    private readonly GovernanceWorld _world = new();

    [Theory]
    [InlineData(ParameterId.BidCap, 64, ResultCode.Ok)] // 32: double
    [InlineData(ParameterId.BidCap, 65, ResultCode.ParameterBounds)]
    [InlineData(ParameterId.BidCap, 16, ResultCode.Ok)]
    [InlineData(ParameterId.BidCap, 15, ResultCode.ParameterBounds)]
    [InlineData(ParameterId.BidCap, 32, ResultCode.AlreadyDone)]
    [InlineData(ParameterId.MarketFeeBps, 400, ResultCode.Ok)]
    [InlineData(ParameterId.MarketFeeBps, 100, ResultCode.Ok)]
    [InlineData(ParameterId.MarketFeeBps, 99, ResultCode.ParameterBounds)]
    [InlineData(ParameterId.MinBlockIntervalMs, 1000, ResultCode.Ok)] // 0: its own step
    [InlineData(ParameterId.MinBlockIntervalMs, 1001, ResultCode.ParameterBounds)]
    [InlineData(ParameterId.RolesByGrant, 15, ResultCode.Ok)] // a choice
    [InlineData(ParameterId.RolesByGrant, 16, ResultCode.ParameterBounds)]
    [InlineData(ParameterId.ShortWindows, 0, ResultCode.ParameterBounds)] // fixed
    [InlineData(ParameterId.TransactionBytesMax, 65_537, ResultCode.ParameterBounds)] // within its step, out of bounds
    [InlineData(ParameterId.TrustingSeconds, 80, ResultCode.ParameterBounds)] // not below unbonding
    public void Parameter_moves_within_bounds_and_step(ParameterId id, ulong value, ResultCode code) =>
        Assert.Equal(code, _world.Propose(GovernanceWorld.Set(id, value)));

    /// <summary>A26: whoever may be complained about still has its stake.</summary>
    [Fact]
    public void Unbonding_lasts_longer_than_the_dispute_window()
    {
        Parameters bad = Parameters.Devnet.With(ParameterId.DisputeSeconds, Parameters.Devnet.UnbondingSeconds);
        Assert.False(ParameterBounds.TryCheck(bad, out ParameterId culprit, out string error));
        Assert.Equal((ParameterId.DisputeSeconds, "must be below unbonding_seconds"), (culprit, error));
    }

    [Fact]
    public void Parameters_that_depend_on_each_other_move_together()
    {
        Parameters now = _world.Parameters;
        ulong trusting = now.UnbondingSeconds + 5;
        Assert.True(trusting <= now.TrustingSeconds * 2, "the test asks for no more than the step");
        Assert.Equal(ResultCode.ParameterBounds, _world.Propose(GovernanceWorld.Set(ParameterId.TrustingSeconds, trusting)));
        ParameterChanges both = new(
        [
            new(ParameterId.TrustingSeconds, trusting), new(ParameterId.UnbondingSeconds, now.UnbondingSeconds * 2),
        ]);
        _world.Enact(both);
        Assert.Equal(trusting, _world.Parameters.TrustingSeconds);
        Assert.Equal(now.UnbondingSeconds * 2, _world.Parameters.UnbondingSeconds);
    }

    [Fact]
    public void Step_is_measured_again_when_the_change_takes_effect()
    {
        Assert.Equal(ResultCode.Ok, _world.Propose(GovernanceWorld.Set(ParameterId.BidCap, 64)));
        Assert.Equal(ResultCode.Ok, _world.Propose(GovernanceWorld.Set(ParameterId.BidCap, 16)));
        foreach (string validator in GovernanceWorld.Validators.AsSpan(0, 3))
        {
            Assert.Equal(ResultCode.Ok, _world.Vote(validator, 1, VoteChoice.Yes));
            Assert.Equal(ResultCode.Ok, _world.Vote(validator, 2, VoteChoice.Yes));
        }
        _world.Pass(60);
        Assert.Equal(ProposalState.Executed, _world.Read(1)!.State);
        Assert.Equal(ProposalState.Failed, _world.Read(2)!.State);
        Assert.Equal(ResultCode.ParameterBounds, _world.Read(2)!.Failure);
        Assert.Equal(64UL, _world.Parameters.BidCap);
    }

    [Fact]
    public void Header_parameters_change_the_consensus_parameters_of_the_next_block()
    {
        Assert.Equal(ProposalState.Queued, _world.Decide(GovernanceWorld.Set(ParameterId.BlockWorkMax, 30_000_000)));
        _world.Pass(GovernanceWorld.Lock - 1);
        BlockOutcome outcome = _world.Chain.Run(1000);
        Assert.Equal(30_000_000, outcome.ParameterChange!.Value.BlockGasMax);
    }

    [Fact]
    public void Treasury_is_spent_down_to_nothing_and_not_beyond()
    {
        Assert.Equal(ResultCode.BelowMinimum, _world.Propose(new TreasurySpend(Bob, 0)));
        _world.Decide(GovernanceWorld.Set(ParameterId.BidCap, 64), yes: 0, no: 3); // its deposit goes to the treasury
        ulong before = _world.Chain.Balance("bob");
        _world.Enact(new TreasurySpend(Bob, 10 * Credit));
        Assert.Equal(before + (10 * Credit), _world.Chain.Balance("bob"));
        Assert.True(Pools.Load(_world.Chain.State).Treasury < Credit);
    }

    [Fact]
    public void Accreditation_is_given_and_ended()
    {
        byte scope = Accreditations.ScopeGuardian;
        Assert.Equal(ResultCode.TooLate, _world.Propose(new AccreditationChange(Bob, scope, _world.Now)));
        Assert.Equal(ResultCode.NotFound, _world.Propose(new AccreditationChange(Bob, scope, default)));
        _world.Enact(new AccreditationChange(Bob, scope, _world.Now + 100_000));
        Assert.Equal(4, Accreditations.Holders(_world.Chain.State, scope, _world.Now).Count);
        _world.Enact(new AccreditationChange(Bob, scope, default));
        Assert.Equal(3, Accreditations.Holders(_world.Chain.State, scope, _world.Now).Count);
    }

    [Fact]
    public void Upgrade_is_planned_after_its_lock_and_changes_the_version_of_the_next_block()
    {
        ulong lockSeconds = _world.Parameters.UpgradeLockSeconds;
        MarketTime earliest = _world.Now + 1 + GovernanceWorld.Voting + lockSeconds;
        Hash256 program = Hash256.From(new byte[32]);
        Assert.Equal(ResultCode.TimeLock, _world.Propose(new UpgradeChange(2, program, new MarketTime(earliest.Seconds - 1))));
        Assert.Equal(ResultCode.ParameterBounds, _world.Propose(new UpgradeChange(3, program, earliest + 50)));
        Assert.Equal(ResultCode.NotFound, _world.Propose(new UpgradeChange(1, program, earliest + 50)));
        MarketTime at = earliest + 50;
        Assert.Equal(ProposalState.Queued, _world.Decide(new UpgradeChange(2, program, at)));
        Assert.Equal(lockSeconds, _world.Read()!.Due.Seconds - _world.Now.Seconds);
        _world.PassState();
        Assert.Equal(new UpgradePlan(2, program, at), UpgradePlans.Load(_world.Chain.State));
        _world.Pass(at.Seconds - _world.Now.Seconds - 1);
        Assert.Equal(1UL, AppVersions.Current(_world.Chain.State));
        _world.Pass(1);
        Assert.Equal(2UL, AppVersions.Current(_world.Chain.State));
        Assert.Null(UpgradePlans.Load(_world.Chain.State));
        Assert.True(_world.Happened("UpgradeReached"));
    }

    [Fact]
    public void Planned_upgrade_is_called_off()
    {
        _world.Enact(new UpgradeChange(2, default, _world.Now + 1000));
        Assert.Equal(ResultCode.Ok, _world.Propose(new UpgradeChange(1, default, default)));
        ulong id = Counters.Last(_world.Chain.State, CounterKind.Proposal);
        foreach (string validator in GovernanceWorld.Validators) _world.Vote(validator, id, VoteChoice.Yes);
        _world.Pass(GovernanceWorld.Voting + _world.Parameters.UpgradeLockSeconds);
        Assert.Null(UpgradePlans.Load(_world.Chain.State));
        _world.Pass(1000);
        Assert.Equal(1UL, AppVersions.Current(_world.Chain.State));
    }

    [Fact]
    public void Upgrade_that_guardians_put_off_beyond_its_time_comes_right_after()
    {
        ulong lockSeconds = _world.Parameters.UpgradeLockSeconds;
        MarketTime at = _world.Now + 1 + GovernanceWorld.Voting + lockSeconds;
        Assert.Equal(ProposalState.Queued, _world.Decide(new UpgradeChange(2, default, at)));
        _world.Delay("erin");
        _world.Delay("grace");
        _world.PassState();
        Assert.Equal(_world.Now + 1, UpgradePlans.Load(_world.Chain.State)!.At);
        _world.Pass(1);
        Assert.Equal(2UL, AppVersions.Current(_world.Chain.State));
    }

    [Fact]
    public void Contents_decode_to_the_same_and_others_are_refused()
    {
        KindFlag list = new(MessageKind.Order, FlagMode.AllowList, [Bob]);
        foreach (ProposalContent content in (ProposalContent[])
        [
            GovernanceWorld.Set(ParameterId.BidCap, 64), new FlagChange(list), new UpgradeChange(2, default, new MarketTime(9)),
            new TreasurySpend(Bob, 5), new AccreditationChange(Bob, 5, new MarketTime(9)), new TextOnly(),
        ])
        {
            Assert.True(Reads(new Propose(content, 7, default)));
        }
        Assert.False(Reads(new Propose(new ParameterChanges([]), 7, default)));
        Assert.False(Reads(new Propose(
            new ParameterChanges([new(ParameterId.BidCap, 1), new(ParameterId.BidCap, 2)]), 7, default)));
        ParameterValue[] many = new ParameterValue[GovernanceLimits.ChangesMax + 1];
        for (int i = 0; i < many.Length; i++) many[i] = new ParameterValue((ParameterId)i, 1);
        Assert.False(Reads(new Propose(new ParameterChanges(many), 7, default)));
        Assert.False(Reads(new Propose(new FlagChange(list with { Mode = FlagMode.Off }), 7, default)));
        Assert.False(Reads(new Propose(new FlagChange(list with { Allowed = [Bob, Bob] }), 7, default)));
        Assert.False(Reads(new Propose(new AccreditationChange(Bob, 7, default), 7, default)));
        Assert.False(Reads(new CastVote(VoteAction.Ballot, 1, (VoteChoice)4)));
        Assert.False(Reads(new CastVote(VoteAction.Opinion, 1, VoteChoice.Abstain)));
        Assert.False(Reads(new CastVote(VoteAction.Delay, 1, VoteChoice.No)));
        Assert.False(Reads(new CastVote((VoteAction)4, 1, VoteChoice.Yes)));
        Assert.False(Reads(new AskBreaker(default, 1)));
        MessagePackReader unknown = new((ReadOnlySpan<byte>)[0x91, 7]);
        ProposalContent.Read(ref unknown);
        Assert.Equal(DecodeCode.Unknown, unknown.Error.Code);
    }

    internal static Proposal FullProposal { get; } = new(
        3, Bob, new TreasurySpend(Bob, 5), default, ProposalState.Delayed, new MarketTime(1), new MarketTime(2), true,
        [new ProposalDeposit(Bob, 9)], [new PanelOpinion(Bob, VoteChoice.No)], [Bob], new Tally(1, 2, 3, 9), ResultCode.Overflow);

    internal static KindGates FullGates { get; } = KindGates.AllOpen.With(new KindFlag(MessageKind.Order, FlagMode.AllowList, [Bob]))
        .With(MessageKind.Transfer, new Breaker(MessageKind.Transfer, new MarketTime(1), new MarketTime(2)));

    [Fact]
    public void Stored_proposal_decodes_to_the_same()
    {
        Assert.True(Proposal.TryDecode(FullProposal.Encode(), out Proposal decoded, out _));
        Assert.Equal(FullProposal.Encode(), decoded.Encode());
        Assert.True(KindGates.TryDecode(FullGates.Encode(), out KindGates again, out _));
        Assert.Equal(FullGates.Encode(), again.Encode());
    }

    private static bool Reads(Message message)
    {
        MessagePackWriter writer = new();
        KindTable.Write(ref writer, message);
        MessagePackReader reader = new(writer.Written);
        if (KindTable.Read(ref reader) is not { } read) return false;
        MessagePackWriter again = new();
        KindTable.Write(ref again, read);
        List<byte> bytes = [.. again.Written];
        return bytes.ToArray().AsSpan().SequenceEqual(writer.Written);
    }
}
