using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Transactions.Keys;

/// <summary>The sender stands for a DID document, or no longer does.</summary>
/// <param name="Hash">SHA-256 of the document; zero takes it back.</param>
public sealed record SetDidDocument(Hash256 Hash) : Message
{
    public const byte KindVersion = 3;

    public override MessageKind Kind => MessageKind.Grant;

    public override byte Version => KindVersion;

    public override void WriteFields(ref MessagePackWriter writer) => writer.Bin(Hash);

    public static Message Read(ref MessagePackReader reader) => new SetDidDocument(reader.Hash256());
}
