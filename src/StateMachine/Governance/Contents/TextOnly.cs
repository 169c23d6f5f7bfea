using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Governance.Contents;

/// <summary>A statement; what it says is the text behind the proposal's disclosure hash.</summary>
public sealed record TextOnly : ProposalContent
{
    public override ProposalKind Kind => ProposalKind.Text;

    protected override int FieldCount => 0;

    /// <summary>Nothing changes, so nobody needs time to prepare.</summary>
    public override ulong LockSeconds(Parameters parameters) => 0;

    public override ResultCode Check(ExecutionContext context) => ResultCode.Ok;

    public override void Apply(ExecutionContext context)
    {
        // On record is all that it is for.
    }

    protected override void WriteFields(ref MessagePackWriter writer)
    {
        // It has no fields.
    }
}
