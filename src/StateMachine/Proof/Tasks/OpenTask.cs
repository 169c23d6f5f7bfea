using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Proof.Tasks;

/// <summary>Asks for a computation by several, or by one that has earned it.</summary>
/// <param name="SpecHash">SHA-256 of what is to be computed.</param>
/// <param name="Reward">ncredit, held until a result is taken.</param>
/// <param name="Trust">From 1; see <see cref="ComputeTask"/>.</param>
/// <param name="Stake">ncredit that each worker puts at risk.</param>
public sealed record OpenTask(Hash256 SpecHash, ulong Reward, ulong Trust, ulong Stake) : Message
{
    public const int FieldCount = 5;

    /// <summary>
    /// True when a worker whose results were right so often may work alone, its result being checked at random (<see cref="TaskMath.CheckedOneIn"/>).
    /// The trust that is asked for is kept: alone works only who had at least as many right results in a row, and at least ten.
    /// </summary>
    public bool IsAdaptive { get; init; }

    public override MessageKind Kind => MessageKind.Result;

    public override void WriteFields(ref MessagePackWriter writer) => writer.Bin(SpecHash).UInt(Reward).UInt(Trust).UInt(Stake).Bool(IsAdaptive);

    public static Message Read(ref MessagePackReader reader) =>
        new OpenTask(reader.Hash256(), reader.UInt(), reader.UInt(), reader.UInt()) { IsAdaptive = reader.Bool() };
}
