using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Governance.Contents;

/// <summary>Who may send a kind of message: nobody, those on a list, or everybody.</summary>
public sealed record FlagChange(KindFlag Flag) : ProposalContent
{
    public override ProposalKind Kind => ProposalKind.Flag;

    protected override int FieldCount => KindFlag.FieldCount;

    public override ulong LockSeconds(Parameters parameters) => parameters.FlagLockSeconds;

    public override ResultCode Check(ExecutionContext context) =>
        KindGates.IsSwitchable(Flag.Kind) ? ResultCode.Ok : ResultCode.ParameterBounds;

    public override void Apply(ExecutionContext context)
    {
        KindGates gates = KindGates.Load(context.State);
        KindGates.Store(context.State, gates.With(Flag));
        context.Emit(new Event("FlagChanged",
        [
            new("kind", (ulong)Flag.Kind),
            new("from", (ulong)gates.ModeOf(Flag.Kind)),
            new("to", (ulong)Flag.Mode),
            new("allowed", (ulong)Flag.Allowed.Count),
        ]));
    }

    protected override void WriteFields(ref MessagePackWriter writer) => Flag.Write(ref writer);

    internal static FlagChange ReadFields(ref MessagePackReader reader) => new(KindFlag.Read(ref reader));
}
