using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>A party's next step in a case.</summary>
/// <param name="Hash">Contesting: SHA-256 of the evidence. Else zero.</param>
/// <param name="Amount">Contesting: the bond. Appealing: what pays the next jury. Settling: basis points of the claim. Conceding: 0.</param>
public sealed record AnswerDispute(ulong CaseId, AnswerAction Action, Hash256 Hash, ulong Amount) : Message
{
    public const int FieldCount = 4;

    public override MessageKind Kind => MessageKind.DisputeAnswer;

    public override void WriteFields(ref MessagePackWriter writer) =>
        writer.UInt(CaseId).UInt((ulong)Action).Bin(Hash).UInt(Amount);

    public static Message Read(ref MessagePackReader reader)
    {
        AnswerDispute answer = new(reader.UInt(), (AnswerAction)reader.UInt8(), reader.Hash256(), reader.UInt());
        bool isWell = Enum.IsDefined(answer.Action)
            && (answer.Action == AnswerAction.Contest || answer.Hash.IsZero)
            && (answer.Action != AnswerAction.Concede || answer.Amount == 0);
        if (!isWell) reader.Fail(DecodeCode.OutOfRange);
        return answer;
    }
}
