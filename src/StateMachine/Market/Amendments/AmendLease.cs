using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Amendments;

/// <summary>One party asks for other terms, or agrees to them.</summary>
/// <param name="Terms">Accepting: the very terms that were asked for, so that nobody agrees to what it has not seen.</param>
/// <param name="ValidSeconds">Proposing: how long the other side may accept. Accepting: 0.</param>
public sealed record AmendLease(ulong LeaseId, AmendAction Action, AmendedTerms Terms, ulong ValidSeconds) : Message
{
    public const int FieldCount = 3 + AmendedTerms.FieldCount;

    public override MessageKind Kind => MessageKind.LeaseAmend;

    public override void WriteFields(ref MessagePackWriter writer)
    {
        writer.UInt(LeaseId).UInt((ulong)Action);
        Terms.Write(ref writer);
        writer.UInt(ValidSeconds);
    }

    public static Message Read(ref MessagePackReader reader)
    {
        AmendLease amend = new(reader.UInt(), (AmendAction)reader.UInt8(), AmendedTerms.Read(ref reader), reader.UInt());
        bool isWell = amend.Action == AmendAction.Propose || (amend.Action == AmendAction.Accept && amend.ValidSeconds == 0);
        if (!isWell) reader.Fail(DecodeCode.OutOfRange);
        return amend;
    }
}
