using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Orders;

/// <summary>Asks the market for leases and pays in advance for their start.</summary>
public sealed record OpenOrder(OrderTerms Terms) : Message
{
    public const int FieldCount = OrderTerms.FieldCount;

    public override MessageKind Kind => MessageKind.Order;

    public override void WriteFields(ref MessagePackWriter writer) => Terms.Write(ref writer);

    public static Message Read(ref MessagePackReader reader) => new OpenOrder(OrderTerms.Read(ref reader));
}
