using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Proof.Tasks;

/// <summary>Version 2: a provider enrols for a task, or hands in its result.</summary>
/// <param name="Hash">Committing: as <see cref="TaskMath.Seal"/> makes it. Revealing: the result's digest. Enrolling: zero.</param>
public sealed record SubmitResult(ulong TaskId, ResultStep Step, Hash256 Hash) : Message
{
    public const byte KindVersion = 2;
    public const int FieldCount = 3;

    public override MessageKind Kind => MessageKind.Result;

    public override byte Version => KindVersion;

    public override void WriteFields(ref MessagePackWriter writer) => writer.UInt(TaskId).UInt((ulong)Step).Bin(Hash);

    public static Message Read(ref MessagePackReader reader)
    {
        SubmitResult submit = new(reader.UInt(), (ResultStep)reader.UInt8(), reader.Hash256());
        bool isWell = Enum.IsDefined(submit.Step) && (submit.Step == ResultStep.Enrol) == submit.Hash.IsZero;
        if (!isWell) reader.Fail(DecodeCode.OutOfRange);
        return submit;
    }
}
