using System;
using Chain.Primitives;

namespace Chain.Networking;

/// <summary>Every bound of the network, with its unit and reason. Windows and frames are part of the protocol: both sides share them.</summary>
public static class NetworkLimits
{
    private const int KiB = 1024;
    private const int MiB = 1024 * 1024;

    /// <summary>Bytes of a frame with its header: how long a vote may wait behind one that is being written.</summary>
    public const int FrameBytesMax = 32 * KiB;

    /// <summary>Bytes before a frame's payload: length (2, big-endian), channel, flags.</summary>
    public const int FrameHeaderBytes = 4;

    /// <summary>Bytes of a frame's payload. Each frame of a message but the last has exactly as many.</summary>
    public const int FramePayloadMax = FrameBytesMax - FrameHeaderBytes;

    /// <summary>What a message costs besides its frames: dispatch and bookkeeping. So one budget bounds bytes and messages.</summary>
    public const int MessageCostBytes = 256;

    /// <summary>Bytes of a control message (hello, ping, credit …), always one frame. Also all that a stranger may send.</summary>
    public const int ControlBytesMax = 512;

    /// <summary>Control messages that wait to be sent. More means that the peer asks and does not read.</summary>
    public const int ControlQueueMax = 128;

    /// <summary>Control messages from a peer, a second and in a burst. Ours come with pings and with each quarter of a window.</summary>
    public const int ControlPerSecond = 1_000;

    /// <summary>Bytes of a software version in a hello.</summary>
    public const int VersionBytesMax = 64;

    /// <summary>Bytes of the text in a goodbye.</summary>
    public const int GoodbyeBytesMax = 256;

    /// <summary>Bytes of a peer's certificate; ours has about 500.</summary>
    public const int CertificateBytesMax = 4 * KiB;

    /// <summary>Incoming handshakes at once. Each may hold a slot for the handshake timeout and costs signatures.</summary>
    public const int HandshakesMax = 32;

    /// <summary>Incoming handshakes at once from one address (IPv6: one /64), so that no host takes all slots.</summary>
    public const int HandshakesPerAddressMax = 8;

    /// <summary>For how long the handshakes of an address are counted.</summary>
    public static readonly TimeSpan HandshakeWindow = TimeSpan.FromSeconds(10);

    /// <summary>Outgoing attempts at once: all validators may be dialled at a start.</summary>
    public const int DialsMax = 32;

    /// <summary>Addresses to dial: a full mesh with what operators add.</summary>
    public const int DialTargetsMax = 2 * Limits.ValidatorsMax;

    /// <summary>Keys whose faults are remembered. Only admitted keys are scored, so strangers cannot fill it.</summary>
    public const int ScoredKeysMax = 1_024;

    /// <summary>Bytes of one peer that the kernel may hold unsent, beyond which priorities no longer reach.</summary>
    public const int UnsentBytesMax = 64 * KiB;

    /// <summary>Pending connections in the kernel's accept queue.</summary>
    public const int AcceptBacklog = 128;

    /// <summary>Highest number of a channel; they start at 1.</summary>
    public const int ChannelMax = (int)Channel.Snapshots;

    /// <summary>The bounds of a channel.</summary>
    public static ChannelLimits For(Channel channel) => channel switch
    {
        // A full mesh needs two votes a peer and round; the room is for those who catch up, with all votes of a round at once.
        Channel.Votes => new(64 * KiB, 4_096, 2 * MiB, 1 * MiB, 4 * MiB, 2 * MiB),

        // 32 bytes for each of some 30,000 transactions of a full block, last commit and evidence.
        Channel.Proposals => new(2 * MiB, 64, 8 * MiB, 4 * MiB, 16 * MiB, 8 * MiB, RateCost: 64 * KiB),

        // Bitmaps of 200 validators and ids that are asked for. Short, but each may call for a long answer: a thousand a second.
        Channel.Summaries => new(64 * KiB, 1_024, 1 * MiB, 512 * KiB, 4 * MiB, 1 * MiB, RateCost: 4 * KiB),

        // Batches of transactions of at most 64 KiB each.
        Channel.Transactions => new(256 * KiB, 8_192, 8 * MiB, 2 * MiB, 32 * MiB, 16 * MiB),

        // A block of 4 MiB with its commit and its envelope.
        Channel.Blocks => new(5 * MiB, 256, 32 * MiB, 10 * MiB, 256 * MiB, 64 * MiB, RateCost: 16 * KiB),

        Channel.Snapshots => new(4 * MiB, 32, 16 * MiB, 8 * MiB, 128 * MiB, 32 * MiB, RateCost: 64 * KiB),
        _ => throw new InvariantException($"channel {(int)channel} does not exist"),
    };

    /// <summary>True for a byte that names a channel.</summary>
    public static bool IsChannel(byte value) => value is >= 1 and <= ChannelMax;

    /// <summary>What a frame takes from its channel's window.</summary>
    public static int CostOf(int payloadBytes, bool isLast) =>
        FrameHeaderBytes + payloadBytes + (isLast ? MessageCostBytes : 0);

    /// <summary>Bytes that one peer can make us hold, whatever it sends: all windows, one copy of the largest message, the buffers.</summary>
    public static long ReceiveBytesPerPeerMax
    {
        get
        {
            long sum = ReadBufferBytes;
            int largest = 0;
            for (int i = 1; i <= ChannelMax; i++)
            {
                ChannelLimits limits = For((Channel)i);
                sum += limits.WindowBytes;
                largest = Math.Max(largest, limits.MessageBytesMax);
            }
            return sum + largest;
        }
    }

    /// <summary>Bytes of the buffer into which a connection reads: two frames, so that whole frames are mostly at hand.</summary>
    internal const int ReadBufferBytes = 2 * FrameBytesMax;
}
