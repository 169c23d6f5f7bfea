using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Governance.Upgrades;

/// <summary>The first block whose market time reaches <paramref name="At"/> is the last one under the old rules.</summary>
/// <param name="Version">Application version from the next block on.</param>
/// <param name="Program">SHA-256 of what operators are to run; zero for none.</param>
public sealed record UpgradePlan(ulong Version, Hash256 Program, MarketTime At)
{
    private const int CodecVersion = 1;

    public byte[] Encode() => new MessagePackWriter()
        .Array(4).UInt(CodecVersion).UInt(Version).Bin(Program).UInt(At.Seconds).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out UpgradePlan plan, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(4);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        plan = new UpgradePlan(reader.UInt(), reader.Hash256(), new MarketTime(reader.UInt()));
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
