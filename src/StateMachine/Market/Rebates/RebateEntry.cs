using System;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Market.Rebates;

/// <summary>What one provider earned in an epoch on leases that probers judged, ncredit.</summary>
/// <param name="Weighted">Earnings times what their availability was above the floor.</param>
/// <param name="Fee">Market fees that were taken of the same leases.</param>
public sealed record RebateEntry(ulong Net, ulong Weighted, ulong Fee)
{
    private const int CodecVersion = 1;

    public static readonly RebateEntry None = new(0, 0, 0);

    /// <summary>
    /// <c>min(net, cap) · (availability − floor)</c>, the availability being the mean over the earnings: a function of the sums, whatever
    /// the order in which leases were added.
    /// </summary>
    public ulong Points(ulong netMax) => Net == 0 ? 0 : (ulong)((UInt128)Weighted * Math.Min(Net, netMax) / Net);

    public byte[] Encode() => new MessagePackWriter().Array(4).UInt(CodecVersion).UInt(Net).UInt(Weighted).UInt(Fee).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out RebateEntry entry, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(4);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        entry = new RebateEntry(reader.UInt(), reader.UInt(), reader.UInt());
        reader.EndArray();
        if (entry.Weighted > entry.Net) reader.Fail(DecodeCode.OutOfRange);
        return reader.TryFinish(out error);
    }
}
