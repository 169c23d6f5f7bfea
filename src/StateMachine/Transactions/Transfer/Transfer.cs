using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Transactions.Transfer;

/// <summary>Moves credits to an address.</summary>
/// <param name="Amount">ncredit, above zero.</param>
/// <param name="MemoHash">SHA-256 of a text that the parties keep; zero for none.</param>
public sealed record Transfer(Address To, ulong Amount, Hash256 MemoHash) : Message
{
    public override MessageKind Kind => MessageKind.Transfer;

    public override void WriteFields(ref MessagePackWriter writer) => writer.Bin(To).UInt(Amount).Bin(MemoHash);

    public static Message Read(ref MessagePackReader reader) =>
        new Transfer(reader.Address(), reader.UInt(), reader.Hash256());
}
