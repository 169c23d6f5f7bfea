using System;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Registry;

/// <summary>What waits for a jailed provider.</summary>
/// <param name="Until">It may not return before.</param>
/// <param name="InProbation">True when it was in probation before; it returns there.</param>
/// <param name="Seat">The seat that it lost and gets back, or null.</param>
public sealed record Jail(MarketTime Until, bool InProbation, Seat? Seat)
{
    private const int CodecVersion = 1;

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(4).UInt(CodecVersion).UInt(Until.Seconds).Bool(InProbation).Array(Seat is null ? 0 : 1);
        Seat?.Write(ref writer);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Jail jail, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(4);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        MarketTime until = new(reader.UInt());
        bool inProbation = reader.Bool();
        Seat? seat = reader.ArrayHeader(1) == 1 ? Registry.Seat.Read(ref reader) : null;
        reader.EndArray();
        jail = new Jail(until, inProbation, seat);
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
