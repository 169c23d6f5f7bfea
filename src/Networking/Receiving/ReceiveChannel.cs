using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Networking.Receiving;

/// <summary>
/// What came on one channel of one peer and was not handled yet. Messages are handled one after the other, at most at the
/// channel's rate; only then does the sender get its credit back. So a slow handler or a fast peer holds back this channel alone,
/// and what is held never exceeds the window.
/// </summary>
internal sealed class ReceiveChannel
{
    private readonly ChannelLimits _limits;
    private readonly TimeProvider _time;
    private readonly Func<ReadOnlyMemory<byte>, ValueTask> _handle;
    private readonly Action<int> _giveCredit;
    private readonly CancellationToken _ending;
    private readonly MessageAssembler _assembler;
    private readonly TokenBucket _rate;
    private readonly Lock _gate = new();

    // Of the reading loop.
    private int _partialCost;

    // Under the gate.
    private readonly Queue<(byte[] Message, int Cost)> _waiting = new();
    private Task _handling = Task.CompletedTask;
    private bool _isHandling;
    private int _used;
    private int _unreturned;

    /// <param name="handle">Handles a message. Must not throw but for cancellation.</param>
    /// <param name="giveCredit">Sends credit to the peer.</param>
    public ReceiveChannel(
        in ChannelLimits limits,
        TimeProvider time,
        Func<ReadOnlyMemory<byte>, ValueTask> handle,
        Action<int> giveCredit,
        CancellationToken ending)
    {
        _limits = limits;
        _time = time;
        _handle = handle;
        _giveCredit = giveCredit;
        _ending = ending;
        _assembler = new MessageAssembler(limits.MessageBytesMax);
        _rate = new TokenBucket(limits.RatePerSecond, limits.RateBurst, time);
    }

    /// <summary>Cost of what came and whose credit was not returned; never above the window.</summary>
    public int Held
    {
        get
        {
            lock (_gate) return _used;
        }
    }

    /// <summary>Done once no message is in the handler and none will be.</summary>
    public Task Handling
    {
        get
        {
            lock (_gate) return _handling;
        }
    }

    /// <summary>Takes a frame of the reading loop; null when all is well.</summary>
    public PeerFault? Add(ReadOnlySpan<byte> payload, bool isLast)
    {
        int cost = NetworkLimits.CostOf(payload.Length, isLast);
        lock (_gate)
        {
            // The sender counts as we do: one that sends without credit is not ours.
            if (cost > _limits.WindowBytes - _used) return PeerFault.TooFast;
            _used += cost;
        }
        _partialCost += cost;
        if (!_assembler.TryAdd(payload, isLast, out byte[]? message)) return PeerFault.Malformed;
        if (message is null) return null;
        int messageCost = _partialCost;
        _partialCost = 0;
        lock (_gate)
        {
            _waiting.Enqueue((message, messageCost));
            if (_isHandling || _ending.IsCancellationRequested) return null;
            _isHandling = true;
            _handling = Task.Run(HandleWaitingAsync);
        }
        return null;
    }

    /// <summary>Gives back the parts of an unfinished message, once the reading loop is over.</summary>
    public void Clear() => _assembler.Clear();

    private async Task HandleWaitingAsync()
    {
        try
        {
            while (TryNext(out byte[] message, out int cost))
            {
                TimeSpan wait = _rate.Take(cost + _limits.RateCost);
                if (wait > TimeSpan.Zero) await Task.Delay(wait, _time, _ending).ConfigureAwait(false);
                await _handle(message).ConfigureAwait(false);
                Return(cost);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection ends; what waits is dropped. Nobody starts another loop: the flag stays set.
        }
    }

    private bool TryNext(out byte[] message, out int cost)
    {
        lock (_gate)
        {
            message = [];
            cost = 0;
            if (!_ending.IsCancellationRequested && _waiting.TryDequeue(out (byte[] Message, int Cost) next))
            {
                (message, cost) = next;
                return true;
            }
            _isHandling = false;
            return false;
        }
    }

    /// <summary>Credit goes back in quarters of the window, so that many small messages do not cost as many control messages.</summary>
    private void Return(int cost)
    {
        int credit;
        lock (_gate)
        {
            _unreturned += cost;
            if (_unreturned < _limits.WindowBytes / 4) return;
            credit = _unreturned;
            _unreturned = 0;
            _used -= credit;
        }
        _giveCredit(credit);
    }
}
