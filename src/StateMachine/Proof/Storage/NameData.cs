using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Proof.Storage;

/// <summary>A party of a lease names the data that is stored; it is challenged once both sides have named the same.</summary>
/// <param name="Root">RFC 6962 root over the leaves.</param>
/// <param name="Leaves">How many there are.</param>
public sealed record NameData(ulong LeaseId, Hash256 Root, ulong Leaves) : Message
{
    public const int FieldCount = 3;

    public override MessageKind Kind => MessageKind.Prove;

    public override void WriteFields(ref MessagePackWriter writer) => writer.UInt(LeaseId).Bin(Root).UInt(Leaves);

    public static Message Read(ref MessagePackReader reader) => new NameData(reader.UInt(), reader.Hash256(), reader.UInt());
}
