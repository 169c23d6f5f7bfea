using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Settlement;

/// <summary>Takes money out of a lease: the tenant what is above the lock-up, the provider what is claimable.</summary>
/// <param name="Amount">ncredit; 0 for all that may be taken.</param>
public sealed record Withdraw(ulong LeaseId, ulong Amount) : Message
{
    public const int FieldCount = 2;

    public override MessageKind Kind => MessageKind.Withdraw;

    public override void WriteFields(ref MessagePackWriter writer) => writer.UInt(LeaseId).UInt(Amount);

    public static Message Read(ref MessagePackReader reader) => new Withdraw(reader.UInt(), reader.UInt());
}
