using System.Collections.Generic;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Governance.Contents;

/// <summary>Other values for parameters, together, so that those which depend on each other can move at once.</summary>
/// <param name="Changes">1 to 8, ids ascending.</param>
public sealed record ParameterChanges(IReadOnlyList<ParameterValue> Changes) : ProposalContent
{
    public override ProposalKind Kind => ProposalKind.Parameters;

    protected override int FieldCount => 1;

    public override ulong LockSeconds(Parameters parameters) => parameters.ParameterLockSeconds;

    /// <summary>Each value is within its step and its bounds, and all parameters fit each other.</summary>
    public override ResultCode Check(ExecutionContext context)
    {
        Parameters now = Parameters.Load(context.State);
        foreach (ParameterValue change in Changes)
        {
            if (!ParameterBounds.IsWithinStep(ParameterTable.Of(change.Id), now[change.Id], change.Value))
            {
                return ResultCode.ParameterBounds;
            }
        }
        Parameters changed = Changed(now);
        if (changed.Equals(now)) return ResultCode.AlreadyDone;
        return ParameterBounds.TryCheck(changed, out _, out _) ? ResultCode.Ok : ResultCode.ParameterBounds;
    }

    public override void Apply(ExecutionContext context)
    {
        Parameters before = Parameters.Load(context.State);
        Parameters.Store(context.State, Changed(before));
        foreach (ParameterValue change in Changes)
        {
            context.Emit(new Event("ParameterChanged",
            [
                new("name", ParameterTable.Of(change.Id).Name),
                new("from", before[change.Id]),
                new("to", change.Value),
            ]));
        }
    }

    protected override void WriteFields(ref MessagePackWriter writer)
    {
        writer.Array(Changes.Count);
        foreach (ParameterValue change in Changes) writer.Array(2).UInt((ulong)change.Id).UInt(change.Value);
    }

    internal static ParameterChanges ReadFields(ref MessagePackReader reader)
    {
        ParameterValue[] changes = new ParameterValue[reader.ArrayHeader(GovernanceLimits.ChangesMax)];
        if (changes.Length == 0) reader.Fail(DecodeCode.OutOfRange);
        for (int i = 0; i < changes.Length && reader.IsOk; i++)
        {
            reader.Array(2);
            ulong id = reader.UInt();
            if (!ParameterTable.IsKnown(id)) reader.Fail(DecodeCode.OutOfRange);
            changes[i] = new ParameterValue((ParameterId)id, reader.UInt());
            reader.EndArray();
            if (i > 0 && changes[i].Id <= changes[i - 1].Id) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        return new ParameterChanges(changes);
    }

    private Parameters Changed(Parameters parameters)
    {
        foreach (ParameterValue change in Changes) parameters = parameters.With(change.Id, change.Value);
        return parameters;
    }
}
