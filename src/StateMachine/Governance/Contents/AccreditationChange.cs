using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Governance.Contents;

/// <summary>Somebody may hold a role, attest, sit on the panel or be a guardian, until a time; or no longer.</summary>
/// <param name="Scope">As in <see cref="Accreditations"/>.</param>
/// <param name="Expires">Market time; zero to end it.</param>
public sealed record AccreditationChange(Address Address, byte Scope, MarketTime Expires) : ProposalContent
{
    public override ProposalKind Kind => ProposalKind.Accreditation;

    protected override int FieldCount => 3;

    public override ulong LockSeconds(Parameters parameters) => parameters.ParameterLockSeconds;

    public override ResultCode Check(ExecutionContext context)
    {
        if (Expires.Seconds > 0) return Expires > context.Now ? ResultCode.Ok : ResultCode.TooLate;
        bool holds = Accreditations.Holds(context.State, Address, Scope, context.Now);
        return holds ? ResultCode.Ok : ResultCode.NotFound;
    }

    public override void Apply(ExecutionContext context)
    {
        if (Expires.Seconds > 0) Accreditations.Store(context.State, Address, Scope, Expires);
        else Accreditations.Remove(context.State, Address, Scope);
        context.Emit(new Event(Expires.Seconds > 0 ? "AccreditationGranted" : "AccreditationEnded",
        [
            new("address", Address),
            new("scope", Scope),
            new("expires", Expires.Seconds),
        ]));
    }

    protected override void WriteFields(ref MessagePackWriter writer) => writer.Bin(Address).UInt(Scope).UInt(Expires.Seconds);

    internal static AccreditationChange ReadFields(ref MessagePackReader reader)
    {
        AccreditationChange change = new(reader.Address(), reader.UInt8(), new MarketTime(reader.UInt()));
        if (!Accreditations.IsScope(change.Scope)) reader.Fail(DecodeCode.OutOfRange);
        return change;
    }
}
