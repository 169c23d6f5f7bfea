using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Orders;

/// <summary>A tenant ends an order of which no replica is leased, or that renews itself.</summary>
public sealed record CancelOrder(ulong OrderId) : Message
{
    public const int FieldCount = 1;

    public override MessageKind Kind => MessageKind.OrderClose;

    public override void WriteFields(ref MessagePackWriter writer) => writer.UInt(OrderId);

    public static Message Read(ref MessagePackReader reader) => new CancelOrder(reader.UInt());
}
