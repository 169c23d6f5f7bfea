using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Leases;

/// <summary>The tenant chooses a bid, which becomes a lease.</summary>
/// <param name="Provider">Zero in a sealed auction, where the rules choose.</param>
public sealed record AcceptBid(ulong OrderId, Address Provider) : Message
{
    public const int FieldCount = 2;

    public override MessageKind Kind => MessageKind.Lease;

    public override void WriteFields(ref MessagePackWriter writer) => writer.UInt(OrderId).Bin(Provider);

    public static Message Read(ref MessagePackReader reader) => new AcceptBid(reader.UInt(), reader.Address());
}
