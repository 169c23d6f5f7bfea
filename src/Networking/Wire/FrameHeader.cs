using System;
using System.Buffers.Binary;

namespace Chain.Networking.Wire;

/// <summary>Four bytes before each payload: length (big-endian), channel (0 is control), flags (bit 0: last frame of its message).</summary>
internal readonly record struct FrameHeader(int PayloadBytes, byte Channel, bool IsLast)
{
    /// <summary>The channel of hello, ping, credit and goodbye.</summary>
    public const byte ControlChannel = 0;

    private const byte LastFlag = 1;

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)PayloadBytes);
        destination[2] = Channel;
        destination[3] = IsLast ? LastFlag : (byte)0;
    }

    /// <summary>
    /// Reads exactly four bytes; false unless a sender of ours could have written them: a known channel, no unknown flag, a
    /// payload, a full one unless last, and control messages small and whole.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header)
    {
        header = new FrameHeader(BinaryPrimitives.ReadUInt16BigEndian(bytes), bytes[2], bytes[3] == LastFlag);
        if (bytes[3] > LastFlag || header.PayloadBytes is 0 or > NetworkLimits.FramePayloadMax) return false;
        if (header.Channel == ControlChannel) return header.IsLast && header.PayloadBytes <= NetworkLimits.ControlBytesMax;
        return NetworkLimits.IsChannel(header.Channel) && (header.IsLast || header.PayloadBytes == NetworkLimits.FramePayloadMax);
    }
}
