using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>A juror commits to a vote, or reveals it.</summary>
/// <param name="Hash">Committing: as <see cref="CaseMath.Commit"/> makes it. Revealing: the salt.</param>
/// <param name="AwardBps">Revealing: the share of the claim that the juror gives. Committing: 0.</param>
public sealed record VoteDispute(ulong CaseId, byte Round, VoteAction Action, Hash256 Hash, ulong AwardBps) : Message
{
    public const int FieldCount = 5;

    public override MessageKind Kind => MessageKind.DisputeVote;

    public override void WriteFields(ref MessagePackWriter writer) =>
        writer.UInt(CaseId).UInt(Round).UInt((ulong)Action).Bin(Hash).UInt(AwardBps);

    public static Message Read(ref MessagePackReader reader)
    {
        VoteDispute vote = new(reader.UInt(), reader.UInt8(), (VoteAction)reader.UInt8(), reader.Hash256(), reader.UInt());
        bool isWell = Enum.IsDefined(vote.Action) && (vote.Action == VoteAction.Reveal || vote.AwardBps == 0);
        if (!isWell) reader.Fail(DecodeCode.OutOfRange);
        return vote;
    }
}
