using System;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Settlement;

/// <summary>
/// Pays into an order or a lease. Anyone may; what is not used up goes to the tenant, whoever paid it.
/// </summary>
/// <param name="Id">Number of the order or lease.</param>
/// <param name="Amount">ncredit, at least 1.</param>
public sealed record Deposit(DepositTarget Target, ulong Id, ulong Amount) : Message
{
    public const int FieldCount = 3;

    public override MessageKind Kind => MessageKind.Deposit;

    public override void WriteFields(ref MessagePackWriter writer) => writer.UInt((ulong)Target).UInt(Id).UInt(Amount);

    public static Message Read(ref MessagePackReader reader)
    {
        DepositTarget target = (DepositTarget)reader.UInt8();
        if (!Enum.IsDefined(target)) reader.Fail(DecodeCode.OutOfRange);
        return new Deposit(target, reader.UInt(), reader.UInt());
    }
}
