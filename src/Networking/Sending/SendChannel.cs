using System;
using System.Collections.Generic;
using Chain.Networking.Wire;

namespace Chain.Networking.Sending;

/// <summary>The messages of one channel that wait, and the credit that the receiver gave. Used under the gate of <see cref="SendQueues"/>.</summary>
internal sealed class SendChannel
{
    private readonly ChannelLimits _limits;
    private readonly Queue<ReadOnlyMemory<byte>> _waiting = new();
    private int _sentOfFirst;
    private int _credit;

    public SendChannel(in ChannelLimits limits)
    {
        _limits = limits;
        _credit = limits.WindowBytes;
    }

    public int QueuedMessages => _waiting.Count;

    public long QueuedBytes { get; private set; }

    /// <summary>More would wait in memory and arrive no sooner.</summary>
    public bool HasRoom => QueuedBytes < _limits.WindowBytes && _waiting.Count < _limits.SendMessagesMax / 2;

    public long Dropped { get; private set; }

    public bool TryEnqueue(ReadOnlyMemory<byte> message)
    {
        bool fits = message.Length > 0
            && message.Length <= _limits.MessageBytesMax
            && _waiting.Count < _limits.SendMessagesMax
            && QueuedBytes + message.Length <= _limits.SendBytesMax;
        if (!fits)
        {
            Dropped++;
            return false;
        }
        _waiting.Enqueue(message);
        QueuedBytes += message.Length;
        return true;
    }

    /// <summary>False for credit that was never used: no peer of ours gives it.</summary>
    public bool TryAddCredit(int cost)
    {
        if (cost > _limits.WindowBytes - _credit) return false;
        _credit += cost;
        return true;
    }

    /// <summary>Bytes of the next frame with its header; 0 when nothing waits or the credit does not suffice.</summary>
    public int NextFrameBytes
    {
        get
        {
            if (!_waiting.TryPeek(out ReadOnlyMemory<byte> first)) return 0;
            int payload = PayloadOf(first, out bool isLast);
            return NetworkLimits.CostOf(payload, isLast) <= _credit ? NetworkLimits.FrameHeaderBytes + payload : 0;
        }
    }

    /// <summary>Writes the next frame; true when it was the last of its message.</summary>
    public bool WriteNext(Channel channel, Span<byte> destination)
    {
        ReadOnlyMemory<byte> first = _waiting.Peek();
        int payload = PayloadOf(first, out bool isLast);
        new FrameHeader(payload, (byte)channel, isLast).Write(destination);
        first.Span.Slice(_sentOfFirst, payload).CopyTo(destination[NetworkLimits.FrameHeaderBytes..]);
        _credit -= NetworkLimits.CostOf(payload, isLast);
        QueuedBytes -= payload;
        _sentOfFirst += payload;
        if (!isLast) return false;
        _waiting.Dequeue();
        _sentOfFirst = 0;
        return true;
    }

    public void Clear()
    {
        _waiting.Clear();
        QueuedBytes = 0;
        _sentOfFirst = 0;
    }

    private int PayloadOf(ReadOnlyMemory<byte> message, out bool isLast)
    {
        int rest = message.Length - _sentOfFirst;
        isLast = rest <= NetworkLimits.FramePayloadMax;
        return isLast ? rest : NetworkLimits.FramePayloadMax;
    }
}
