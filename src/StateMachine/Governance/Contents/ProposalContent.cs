using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Governance.Contents;

/// <summary>What a proposal would do. On the wire <c>[kind, fields…]</c>.</summary>
public abstract record ProposalContent
{
    public abstract ProposalKind Kind { get; }

    /// <summary>Values after the kind.</summary>
    protected abstract int FieldCount { get; }

    /// <summary>Least time between acceptance and effect.</summary>
    public abstract ulong LockSeconds(Parameters parameters);

    /// <summary>Whether it can take effect now. Asked when it is proposed, and again when its time has come.</summary>
    public abstract ResultCode Check(ExecutionContext context);

    /// <summary>What must hold besides when it is proposed.</summary>
    public virtual ResultCode CheckProposed(ExecutionContext context) => Check(context);

    /// <summary>Makes the change of a content that was checked just before.</summary>
    public abstract void Apply(ExecutionContext context);

    protected abstract void WriteFields(ref MessagePackWriter writer);

    public void Write(ref MessagePackWriter writer)
    {
        writer.Array(FieldCount + 1).UInt((ulong)Kind);
        WriteFields(ref writer);
    }

    /// <summary>Faults stick to the reader; null, or what it returns then, is not used.</summary>
    public static ProposalContent? Read(ref MessagePackReader reader)
    {
        int count = reader.ArrayHeader(byte.MaxValue);
        ProposalKind kind = (ProposalKind)reader.UInt8();
        if (!reader.IsOk) return null;
        ProposalContent? content = kind switch
        {
            ProposalKind.Parameters => ParameterChanges.ReadFields(ref reader),
            ProposalKind.Flag => FlagChange.ReadFields(ref reader),
            ProposalKind.Upgrade => UpgradeChange.ReadFields(ref reader),
            ProposalKind.Spend => TreasurySpend.ReadFields(ref reader),
            ProposalKind.Accreditation => AccreditationChange.ReadFields(ref reader),
            ProposalKind.Text => new TextOnly(),
            _ => null,
        };
        if (content is null) reader.Fail(DecodeCode.Unknown);
        else if (count != content.FieldCount + 1) reader.Fail(DecodeCode.WrongArity);
        reader.EndArray();
        return content;
    }
}
