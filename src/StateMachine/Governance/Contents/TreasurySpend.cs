using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Governance.Contents;

/// <summary>Credits of the treasury for somebody.</summary>
/// <param name="Amount">ncredit, above zero.</param>
public sealed record TreasurySpend(Address To, ulong Amount) : ProposalContent
{
    public override ProposalKind Kind => ProposalKind.Spend;

    protected override int FieldCount => 2;

    public override ulong LockSeconds(Parameters parameters) => parameters.ParameterLockSeconds;

    public override ResultCode Check(ExecutionContext context)
    {
        if (Amount == 0) return ResultCode.BelowMinimum;
        return Pools.Load(context.State).Treasury < Amount ? ResultCode.InsufficientFunds : ResultCode.Ok;
    }

    /// <summary>The treasury may fill up until its time comes.</summary>
    public override ResultCode CheckProposed(ExecutionContext context) =>
        Amount == 0 ? ResultCode.BelowMinimum : ResultCode.Ok;

    public override void Apply(ExecutionContext context)
    {
        PoolBalances pools = Pools.Load(context.State);
        Pools.Store(context.State, pools with { Treasury = pools.Treasury - Amount });
        Payments.Pay(context, To, Amount);
        context.Emit(new Event("TreasurySpent", [new("to", To), new("amount", Amount)]));
    }

    protected override void WriteFields(ref MessagePackWriter writer) => writer.Bin(To).UInt(Amount);

    internal static TreasurySpend ReadFields(ref MessagePackReader reader) => new(reader.Address(), reader.UInt());
}
