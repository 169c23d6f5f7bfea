using System;
using Chain.Primitives.Codec;

namespace Chain.Networking.Wire;

/// <summary>A decoded control message: [version, kind, fields …], canonical MessagePack. Which fields count depends on the kind.</summary>
internal sealed record ControlMessage(ControlKind Kind)
{
    /// <summary>Version of hello, control messages, frames and windows together.</summary>
    public const int ProtocolVersion = 2;

    private static readonly byte[] AcceptFrame = Frame(static (ref writer) => Head(ref writer, 2, ControlKind.Accept));

    public Hello? Hello { get; private init; }

    /// <summary>Of a goodbye. A number that we do not know is kept as it is.</summary>
    public EndReason Reason { get; private init; }

    /// <summary>Of a goodbye: the peer's words, free of control characters, for our log.</summary>
    public string Text { get; private init; } = "";

    /// <summary>Of ping and pong.</summary>
    public ulong Number { get; private init; }

    /// <summary>Of a credit.</summary>
    public Channel Channel { get; private init; }

    /// <summary>Of a credit: cost that was handled, at least 1.</summary>
    public int Credit { get; private init; }

    public static byte[] Accept() => AcceptFrame;

    public static byte[] Ping(ulong number) => Frame((ref writer) => Head(ref writer, 3, ControlKind.Ping).UInt(number));

    public static byte[] Pong(ulong number) => Frame((ref writer) => Head(ref writer, 3, ControlKind.Pong).UInt(number));

    public static byte[] CreditOf(Channel channel, int cost) =>
        Frame((ref writer) => Head(ref writer, 4, ControlKind.Credit).UInt((ulong)channel).UInt((ulong)cost));

    public static byte[] Goodbye(EndReason reason, string text)
    {
        // One char is at most three bytes.
        string cut = text[..Math.Min(text.Length, NetworkLimits.GoodbyeBytesMax / 3)];
        return Frame((ref writer) => Head(ref writer, 4, ControlKind.Goodbye).UInt((ulong)reason).Str(PlainText.Clean(cut)));
    }

    /// <summary>A whole frame with the message that <paramref name="write"/> writes.</summary>
    public static byte[] Frame(FrameFields write)
    {
        MessagePackWriter writer = new();
        write(ref writer);
        byte[] frame = new byte[NetworkLimits.FrameHeaderBytes + writer.Written.Length];
        new FrameHeader(writer.Written.Length, FrameHeader.ControlChannel, IsLast: true).Write(frame);
        writer.Written.CopyTo(frame.AsSpan(NetworkLimits.FrameHeaderBytes));
        return frame;
    }

    /// <summary>
    /// Reads a payload of the control channel. Another version is <see cref="DecodeCode.Unknown"/> at its offset, whatever follows.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<byte> payload, out ControlMessage? message, out DecodeError error)
    {
        MessagePackReader reader = new(payload);
        int arity = reader.ArrayHeader(16);
        ulong version = reader.UInt();
        if (reader.IsOk && version != ProtocolVersion) reader.Fail(DecodeCode.Unknown);
        ControlKind kind = (ControlKind)reader.UInt(byte.MaxValue);
        int expected = kind switch
        {
            ControlKind.Hello => Wire.Hello.Arity,
            ControlKind.Accept => 2,
            ControlKind.Goodbye or ControlKind.Credit => 4,
            ControlKind.Ping or ControlKind.Pong => 3,
            _ => -1,
        };
        if (reader.IsOk && expected != arity) reader.Fail(expected < 0 ? DecodeCode.Unknown : DecodeCode.WrongArity);
        message = reader.IsOk ? ReadFields(ref reader, kind) : null;
        reader.EndArray();
        if (reader.TryFinish(out error)) return true;
        message = null;
        return false;
    }

    private static ControlMessage ReadFields(ref MessagePackReader reader, ControlKind kind)
    {
        switch (kind)
        {
            case ControlKind.Hello:
                return new ControlMessage(kind) { Hello = Wire.Hello.Read(ref reader) };
            case ControlKind.Goodbye:
                EndReason reason = (EndReason)reader.UInt(byte.MaxValue);
                return new ControlMessage(kind) { Reason = reason, Text = PlainText.Read(ref reader, NetworkLimits.GoodbyeBytesMax) };
            case ControlKind.Ping or ControlKind.Pong:
                return new ControlMessage(kind) { Number = reader.UInt() };
            case ControlKind.Credit:
                byte channel = (byte)reader.UInt(byte.MaxValue);
                int credit = (int)reader.UInt(int.MaxValue);
                if (reader.IsOk && (!NetworkLimits.IsChannel(channel) || credit == 0)) reader.Fail(DecodeCode.OutOfRange);
                return new ControlMessage(kind) { Channel = (Channel)channel, Credit = credit };
            default:
                return new ControlMessage(kind);
        }
    }

    private static ref MessagePackWriter Head(ref MessagePackWriter writer, int arity, ControlKind kind) =>
        ref writer.Array(arity).UInt(ProtocolVersion).UInt((ulong)kind);
}
