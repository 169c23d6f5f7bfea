using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Beacon;

/// <summary>What a finished round gave.</summary>
/// <param name="Value">Nobody could know or choose it while one of the round's revealers kept its preimage.</param>
/// <param name="At">Market time of the block that finished the round; what follows from a draw is dated there.</param>
public sealed record BeaconValue(Hash256 Value, MarketTime At)
{
    private const int CodecVersion = 1;

    public byte[] Encode() => new MessagePackWriter().Array(3).UInt(CodecVersion).Bin(Value).UInt(At.Seconds).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out BeaconValue value, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(3);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        value = new BeaconValue(reader.Hash256(), new MarketTime(reader.UInt()));
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
