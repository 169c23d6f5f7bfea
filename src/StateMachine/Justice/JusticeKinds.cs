using System.Buffers.Binary;
using System.Collections.Generic;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Justice;

/// <summary>The kinds and timed moves of justice.</summary>
public static class JusticeKinds
{
    public static IReadOnlyList<KindEntry> Entries { get; } =
    [
        new(MessageKind.Dispute, 1, OpenDispute.FieldCount, 1200, OpenDispute.Read, OpenDisputeRules.Apply),
        new(MessageKind.DisputeAnswer, 1, AnswerDispute.FieldCount, 1500, AnswerDispute.Read, AnswerDisputeRules.Apply),
        new(MessageKind.DisputeVote, 1, VoteDispute.FieldCount, 1500, VoteDispute.Read, VoteDisputeRules.Apply),
        new(MessageKind.Slash, 1, CommitReport.FieldCount, 300, CommitReport.Read, CommitReportRules.Apply),
        new(MessageKind.Slash, ReportFault.KindVersion, ReportFault.FieldCount, 2000, ReportFault.Read, ReportFaultRules.Apply),
        new(MessageKind.Slash, ReportDoubleVote.KindVersion, ReportDoubleVote.FieldCount, 2000, ReportDoubleVote.Read,
            ReportDoubleVoteRules.Apply),
    ];

    public static IReadOnlyList<TimedKindEntry> Timed { get; } = [new(TimedKind.Case, 4000, MoveCase), new(TimedKind.ReportNotice, 200, ReportNotice.Move)];

    private static void MoveCase(ExecutionContext context, byte[] id) =>
        CaseClock.Load(context, BinaryPrimitives.ReadUInt64BigEndian(id));
}
