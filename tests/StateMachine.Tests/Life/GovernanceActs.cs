using System.Collections.Generic;
using Chain.StateMachine.Core;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Governance.Messages;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;
using static Chain.StateMachine.Tests.Life.LifeWorld;

namespace Chain.StateMachine.Tests.Life;

/// <summary>Proposals, votes and breakers: kinds 29 and 30.</summary>
internal static class GovernanceActs
{
    private static readonly ParameterId[] Moved =
    [
        ParameterId.MarketFeeBps, ParameterId.StorageDeposit, ParameterId.GraceSeconds, ParameterId.DisputeSeconds, ParameterId.JurorFee,
        ParameterId.BidDepositMin, ParameterId.CollateralSeconds, ParameterId.ReviewSeconds, ParameterId.JuryCommitSeconds,
        ParameterId.AppealSeconds, ParameterId.ProvingPeriodSeconds, ParameterId.PruneSeconds, ParameterId.BidCap, ParameterId.EpochSeconds,
        ParameterId.TimedWorkMax, ParameterId.UnbondingSeconds, ParameterId.AvailabilityTargetBps, ParameterId.JurySizeFirst,
    ];

    private static readonly MessageKind[] Switched = [MessageKind.Bid, MessageKind.Order, MessageKind.Offer, MessageKind.Transfer, MessageKind.Attest];

    public static Deed? Propose(LifeWorld world, Dice dice)
    {
        ulong deposit = (dice.OneIn(4) ? 5UL : 10UL) * Credit;
        return new Deed(dice.Of(Tenants), new Propose(ContentOf(world, dice), deposit, default));
    }

    public static Deed? AddDeposit(LifeWorld world, Dice dice) =>
        new("ivan", new AddDeposit(world.Newest(CounterKind.Proposal, dice), 5 * Credit));

    /// <summary>While the newest proposals need votes.</summary>
    public static Deed? VoteInTime(LifeWorld world, Dice dice)
    {
        Proposal? newest = ProposalStore.Read(world.Chain.State, Counters.Last(world.Chain.State, CounterKind.Proposal));
        return newest is { State: ProposalState.Panel or ProposalState.Voting } ? Vote(world, dice) : null;
    }

    public static Deed? Vote(LifeWorld world, Dice dice)
    {
        if (ProposalStore.Read(world.Chain.State, world.Newest(CounterKind.Proposal, dice)) is not { } proposal) return null;
        VoteChoice choice = dice.OneIn(8) || proposal.Id % 4 == 0 ? VoteChoice.No : VoteChoice.Yes;
        return proposal.State switch
        {
            ProposalState.Panel => new Deed(Member, new CastVote(VoteAction.Opinion, proposal.Id, choice)),
            ProposalState.Voting => new Deed(dice.Of(ProviderActors), new CastVote(VoteAction.Ballot, proposal.Id, choice)),
            _ => new Deed(dice.Of(Guardians), new CastVote(VoteAction.Delay, proposal.Id, VoteChoice.Yes)),
        };
    }

    public static Deed? AskBreaker(LifeWorld world, Dice dice) => new(
        dice.Of(Guardians), new AskBreaker(KindMask.Of(dice.OneIn(8) ? dice.Of(Switched) : MessageKind.Attest), 5 + dice.Next(2)));

    private static ProposalContent ContentOf(LifeWorld world, Dice dice)
    {
        MessageKind kind = dice.Of(Switched);
        return dice.Next(9) switch
        {
            0 => new FlagChange(new KindFlag(kind, FlagMode.Off, [])),
            1 => new FlagChange(new KindFlag(kind, FlagMode.AllowList, [AddressOf("bob")])),
            2 => new FlagChange(new KindFlag(kind, FlagMode.On, [])),
            3 => new TreasurySpend(AddressOf("ivan"), dice.Next(2_000_000_000)),
            4 => new AccreditationChange(AddressOf(Member), Accreditations.ScopePanel, dice.OneIn(2) ? default : world.Now + 100_000),
            5 => new TextOnly(),
            _ => ParameterOf(world, dice),
        };
    }

    private static ParameterChanges ParameterOf(LifeWorld world, Dice dice)
    {
        ParameterId id = dice.Of(Moved);
        ulong now = world.Parameters[id];
        List<ParameterValue> changes = [new ParameterValue(id, now * (60 + (ulong)dice.Next(90)) / 100)];
        return new ParameterChanges(changes);
    }
}
