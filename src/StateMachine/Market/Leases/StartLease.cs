using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Leases;

/// <summary>
/// Acknowledges a start. The tenant says that the manifest is with the provider, and leaves both hashes zero; the provider
/// says what runs and where. The sender tells the side.
/// </summary>
public sealed record StartLease(ulong LeaseId, Hash256 WorkloadDigest, Hash256 EndpointHash) : Message
{
    public const int FieldCount = 3;

    public override MessageKind Kind => MessageKind.LeaseStart;

    public override void WriteFields(ref MessagePackWriter writer) => writer.UInt(LeaseId).Bin(WorkloadDigest).Bin(EndpointHash);

    public static Message Read(ref MessagePackReader reader) => new StartLease(reader.UInt(), reader.Hash256(), reader.Hash256());
}
