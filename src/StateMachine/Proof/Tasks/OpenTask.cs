using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Proof.Tasks;

/// <summary>Asks for a computation by several.</summary>
/// <param name="SpecHash">SHA-256 of what is to be computed.</param>
/// <param name="Reward">ncredit, held until a result is taken.</param>
/// <param name="Trust">From 1; see <see cref="ComputeTask"/>.</param>
/// <param name="Stake">ncredit that each worker puts at risk.</param>
public sealed record OpenTask(Hash256 SpecHash, ulong Reward, ulong Trust, ulong Stake) : Message
{
    public const int FieldCount = 4;

    public override MessageKind Kind => MessageKind.Result;

    public override void WriteFields(MessagePackWriter writer) => writer.Bin(SpecHash).UInt(Reward).UInt(Trust).UInt(Stake);

    public static Message Read(ref MessagePackReader reader) =>
        new OpenTask(reader.Hash256(), reader.UInt(), reader.UInt(), reader.UInt());
}
