using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking.Connections;

namespace Chain.Networking.Sending;

/// <summary>
/// All that waits to be sent to one peer. The writing loop asks for one batch of frames after the other; each takes the most
/// urgent frames there are at that moment, so a vote overtakes a block in flight at the next frame.
/// </summary>
internal sealed class SendQueues : IDisposable
{
    private readonly Traffic _traffic;
    private readonly SendChannel[] _channels = new SendChannel[NetworkLimits.ChannelMax];
    private readonly Queue<byte[]> _control = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Lock _gate = new();

    // Under the gate.
    private bool _isWaiting;
    private bool _isClosed;

    public SendQueues(Traffic traffic)
    {
        _traffic = traffic;
        for (int i = 0; i < _channels.Length; i++) _channels[i] = new SendChannel(NetworkLimits.For((Channel)(i + 1)));
    }

    /// <summary>False when the queue is full, the message empty or too long, or the connection ends.</summary>
    public bool TryEnqueue(Channel channel, ReadOnlyMemory<byte> message)
    {
        if (!NetworkLimits.IsChannel((byte)channel)) return false;
        lock (_gate)
        {
            if (_isClosed || !Of(channel).TryEnqueue(message)) return false;
            Wake();
            return true;
        }
    }

    /// <summary>As <see cref="IPeer.HasRoom"/> says.</summary>
    public bool HasRoom(Channel channel)
    {
        lock (_gate) return _isClosed || Of(channel).HasRoom;
    }

    /// <summary>Queues a control frame, which goes before all else; false when too many wait.</summary>
    public bool TryEnqueueControl(byte[] frame)
    {
        lock (_gate)
        {
            if (_isClosed) return true;
            if (_control.Count >= NetworkLimits.ControlQueueMax) return false;
            _control.Enqueue(frame);
            Wake();
            return true;
        }
    }

    /// <summary>The receiver has room again; false for room that was never used.</summary>
    public bool TryAddCredit(Channel channel, int cost)
    {
        lock (_gate)
        {
            if (!Of(channel).TryAddCredit(cost)) return false;
            Wake();
            return true;
        }
    }

    /// <summary>Drops what waits. The loop sends the last word, if there is one, and ends.</summary>
    public void Close(byte[]? lastWord)
    {
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            _control.Clear();
            foreach (SendChannel channel in _channels) channel.Clear();
            if (lastWord is not null) _control.Enqueue(lastWord);
            Wake();
        }
    }

    /// <summary>Waits for frames and puts as many as fit into the batch. 0 once closed and empty.</summary>
    public async ValueTask<int> TakeAsync(Memory<byte> batch)
    {
        while (true)
        {
            lock (_gate)
            {
                int length = Take(batch.Span);
                if (length > 0 || _isClosed) return length;
                _isWaiting = true;
            }
            await _wake.WaitAsync().ConfigureAwait(false);
        }
    }

    public (int Messages, long Bytes, long Dropped) Queued(Channel channel)
    {
        lock (_gate)
        {
            SendChannel queue = Of(channel);
            return (queue.QueuedMessages, queue.QueuedBytes, queue.Dropped);
        }
    }

    public void Dispose() => _wake.Dispose();

    private int Take(Span<byte> batch)
    {
        int length = 0;
        while (_control.TryPeek(out byte[]? frame) && frame.Length <= batch.Length - length)
        {
            frame.CopyTo(batch[length..]);
            length += frame.Length;
            _traffic.Sent(Wire.FrameHeader.ControlChannel, frame.Length, isLast: true);
            _control.Dequeue();
        }
        for (int i = 0; i < _channels.Length; i++)
        {
            for (int bytes = _channels[i].NextFrameBytes; bytes > 0; bytes = _channels[i].NextFrameBytes)
            {
                if (bytes > batch.Length - length) return length;
                bool isLast = _channels[i].WriteNext((Channel)(i + 1), batch[length..]);
                _traffic.Sent(i + 1, bytes, isLast);
                length += bytes;
            }
        }
        return length;
    }

    private SendChannel Of(Channel channel) => _channels[(int)channel - 1];

    private void Wake()
    {
        if (!_isWaiting) return;
        _isWaiting = false;
        _wake.Release();
    }
}
