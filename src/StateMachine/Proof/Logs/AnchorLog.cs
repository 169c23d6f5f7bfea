using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Proof.Logs;

/// <summary>Version 3: the provider fixes the root of a lease's log, so that no entry can be changed afterwards.</summary>
/// <param name="Index">From 1, without gaps.</param>
public sealed record AnchorLog(ulong LeaseId, ulong Index, Hash256 Root) : Message
{
    public const byte KindVersion = 3;
    public const int FieldCount = 3;

    public override MessageKind Kind => MessageKind.Prove;

    public override byte Version => KindVersion;

    public override void WriteFields(ref MessagePackWriter writer) => writer.UInt(LeaseId).UInt(Index).Bin(Root);

    public static Message Read(ref MessagePackReader reader) => new AnchorLog(reader.UInt(), reader.UInt(), reader.Hash256());
}
