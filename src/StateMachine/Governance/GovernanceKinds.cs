using System.Collections.Generic;
using Chain.StateMachine.Core;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Governance.Messages;
using Chain.StateMachine.Governance.Upgrades;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Governance;

/// <summary>The kinds of governance and its timed moves.</summary>
public static class GovernanceKinds
{
    public static IReadOnlyList<KindEntry> Entries { get; } =
    [
        new(MessageKind.Propose, 1, Propose.FieldCount, 1500, Propose.Read, ProposeRules.Apply),
        new(MessageKind.Propose, AddDeposit.KindVersion, AddDeposit.FieldCount, 600, AddDeposit.Read, ProposeRules.ApplyDeposit),
        new(MessageKind.Vote, 1, CastVote.FieldCount, 1500, CastVote.Read, CastVoteRules.Apply),
        new(MessageKind.Vote, AskBreaker.KindVersion, AskBreaker.FieldCount, 1500, AskBreaker.Read, AskBreakerRules.Apply),
    ];

    public static IReadOnlyList<TimedKindEntry> TimedEntries { get; } =
    [
        new(TimedKind.Proposal, 5000, ProposalClock.Move),
        new(TimedKind.Breaker, 200, BreakerClock.Move),
        new(TimedKind.Upgrade, 200, UpgradePlans.Move),
    ];
}
