using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking.Receiving;
using Chain.Networking.Sending;
using Chain.Networking.Wire;
using Chain.Primitives.Bytes;

namespace Chain.Networking.Connections;

/// <summary>
/// One peer that was admitted: a loop that reads, a loop that writes, and the channels between them and the user. It ends once,
/// for one reason, whoever finds it first.
/// </summary>
internal sealed class PeerConnection : IPeer, IDisposable
{
    private readonly Session _session;
    private readonly NetworkContext _network;
    private readonly string _name;
    private readonly Traffic _traffic;
    private readonly SendQueues _sending;
    private readonly ReceiveChannel[] _receiving = new ReceiveChannel[NetworkLimits.ChannelMax];
    private readonly KeepAlive _alive;
    private readonly TokenBucket _controlBudget;
    // Never disposed: its cancelling may still run when the connection is over, and without a timer it holds nothing.
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationToken _ended;
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DateTimeOffset _since;
    private Ending? _end;

    public PeerConnection(Session session, NetworkContext network)
    {
        _session = session;
        _network = network;
        _name = Hex.Lower(session.Id.Span);
        _traffic = new Traffic(network.Counters.Traffic);
        _sending = new SendQueues(_traffic);
        _alive = new KeepAlive(network.Options.PingAfter, network.Options.DeadAfter, network.Time);
        _controlBudget = new TokenBucket(NetworkLimits.ControlPerSecond, NetworkLimits.ControlPerSecond, network.Time);
        _ended = _ending.Token;
        _since = network.Time.GetUtcNow();
        CreatedAt = network.Time.GetTimestamp();
        for (int i = 0; i < _receiving.Length; i++)
        {
            Channel channel = (Channel)(i + 1);
            _receiving[i] = new ReceiveChannel(
                NetworkLimits.For(channel), network.Time, message => HandleAsync(channel, message), cost => GiveCredit(channel, cost), _ended);
        }
    }

    public Address Id => _session.Id;

    public BlockRange Blocks => _session.Hello.Blocks;

    public PeerDirection Direction => _session.Direction;

    /// <summary>The peer's random number of its start.</summary>
    public ulong Instance => _session.Hello.Instance;

    /// <summary>Timestamp of the network's time provider.</summary>
    public long CreatedAt { get; }

    public bool HasEnded => Volatile.Read(ref _end) is not null;

    /// <summary>Done once the handler has been told of the end. Never faults.</summary>
    public Task Completion => _completed.Task;

    public bool TrySend(Channel channel, ReadOnlyMemory<byte> message) => _sending.TryEnqueue(channel, message);

    public bool HasRoom(Channel channel) => _sending.HasRoom(channel);

    public void Report(PeerFault fault)
    {
        NetworkLog.Faulted(_network.Log, _name, fault, "reported by its user");
        bool isBanned = Score(fault);
        if (isBanned || fault is PeerFault.Malformed or PeerFault.Lie) End(EndReason.Fault, fault.ToString(), tellsPeer: true);
    }

    /// <summary>Ends the connection, once. The first reason stays.</summary>
    public void End(EndReason reason, string detail, bool tellsPeer)
    {
        if (Interlocked.CompareExchange(ref _end, new Ending(reason, detail), null) is not null) return;
        _sending.Close(tellsPeer ? ControlMessage.Goodbye(reason, detail) : null);
        // Not on this thread: who reports a fault must not run the handlers of the end.
        _ = _ending.CancelAsync();
    }

    /// <summary>The whole life: waits until the connection that this one replaces is over, serves, closes, tells the handler.</summary>
    public async Task RunAsync(Task previous)
    {
        await previous.ConfigureAwait(false);
        bool isShown = !HasEnded;
        Task reading = Task.CompletedTask;
        if (isShown)
        {
            NetworkLog.Connected(_network.Log, _name, Direction, _session.Endpoint, _session.Hello.Version);
            Tell(static (handler, peer) => handler.OnConnected(peer));
            _session.Frames.Widen();
            reading = ReadAsync();
        }
        Task writing = WriteAsync();
        await Task.WhenAny(reading, writing).ConfigureAwait(false);
        await reading.ConfigureAwait(false);
        foreach (ReceiveChannel channel in _receiving)
        {
            await channel.Handling.ConfigureAwait(false);
            channel.Clear();
        }
        _network.Counters.Ended(_end!.Reason);
        NetworkLog.Disconnected(_network.Log, _name, _end.Reason, _end.Detail);
        if (isShown) Tell(static (handler, peer) => handler.OnDisconnected(peer));
        _network.Table.Leave(this);
        _completed.SetResult();

        // Last, since a dead link takes its time and whoever takes this one's place must not wait for it.
        await Farewell.CloseAsync(_session, writing, _network.Time).ConfigureAwait(false);
        await writing.ConfigureAwait(false);
    }

    /// <summary>Called now and then: pings an idle peer, gives up a dead one.</summary>
    public void Tick()
    {
        if (_alive.IsDead) End(EndReason.Silent, $"nothing for {_network.Options.DeadAfter.TotalSeconds} s", tellsPeer: true);
        else if (_alive.TryPing(out ulong number)) SendControl(ControlMessage.Ping(number));
    }

    public PeerInfo Describe() => new(
        Id,
        Direction,
        _session.Endpoint,
        _session.Hello.ListenPort,
        _session.Hello.Version,
        _session.Hello.AppVersion,
        _since,
        _network.Scores.ScoreOf(Id),
        _alive.RoundTrip,
        ChannelReport.Of(_traffic, _sending, _receiving));

    public void Dispose()
    {
        _session.Stream.Dispose();
        _session.Socket.Dispose();
        _sending.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                FrameStatus status = await _session.Frames.ReadAsync(_ended).ConfigureAwait(false);
                if (status == FrameStatus.Closed)
                {
                    End(EndReason.Lost, "closed by the peer", tellsPeer: false);
                    return;
                }
                if (status == FrameStatus.Malformed)
                {
                    Fault(PeerFault.Malformed, "a frame that is none");
                    return;
                }
                _alive.Heard();
                Receive(_session.Frames.Header, _session.Frames.Payload.Span);
                if (HasEnded) return;
            }
        }
        catch (Exception fault)
        {
            EndBy(fault);
        }
    }

    private void Receive(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        _traffic.Received(header.Channel, NetworkLimits.FrameHeaderBytes + header.PayloadBytes, header.IsLast);
        if (header.Channel == FrameHeader.ControlChannel)
        {
            ReceiveControl(payload);
            return;
        }
        PeerFault? fault = _receiving[header.Channel - 1].Add(payload, header.IsLast);
        if (fault is { } found) Fault(found, $"on channel {(Channel)header.Channel}");
    }

    private void ReceiveControl(ReadOnlySpan<byte> payload)
    {
        if (!_controlBudget.TryTake(1))
        {
            Fault(PeerFault.TooFast, "control messages");
            return;
        }
        if (!ControlMessage.TryDecode(payload, out ControlMessage? message, out Primitives.Codec.DecodeError error))
        {
            Fault(PeerFault.Malformed, $"control message: {error}");
            return;
        }
        switch (message!.Kind)
        {
            case ControlKind.Ping:
                SendControl(ControlMessage.Pong(message.Number));
                break;
            case ControlKind.Pong when _alive.TryPong(message.Number):
                break;
            case ControlKind.Credit when _sending.TryAddCredit(message.Channel, message.Credit):
                break;
            case ControlKind.Goodbye:
                End(message.Reason, $"said by the peer: {message.Text}", tellsPeer: false);
                break;
            default:
                Fault(PeerFault.Malformed, $"{message.Kind} out of place");
                break;
        }
    }

    private async Task WriteAsync()
    {
        byte[] batch = new byte[NetworkLimits.FrameBytesMax];
        try
        {
            while (true)
            {
                int length = await _sending.TakeAsync(batch).ConfigureAwait(false);
                if (length == 0) return;
                _alive.WriteBegins();
                await _session.Stream.WriteAsync(batch.AsMemory(0, length), CancellationToken.None).ConfigureAwait(false);
                _alive.WriteEnds();
            }
        }
        catch (Exception fault)
        {
            EndBy(fault);
        }
    }

    /// <summary>Whatever ends a loop ends the connection: one that stayed in the table would keep its key out for good.</summary>
    private void EndBy(Exception fault)
    {
        if (fault is not (IOException or SocketException or OperationCanceledException or ObjectDisposedException)) Failed(fault);
        else End(EndReason.Lost, fault.Message, tellsPeer: false);
    }

    private async ValueTask HandleAsync(Channel channel, ReadOnlyMemory<byte> message)
    {
        try
        {
            await _network.Handler.OnMessageAsync(this, channel, message, _ended).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !_ended.IsCancellationRequested)
        {
            Failed(fault);
        }
    }

    private void Tell(Action<IPeerHandler, IPeer> what)
    {
        try
        {
            what(_network.Handler, this);
        }
        catch (Exception fault)
        {
            Failed(fault);
        }
    }

    private void Failed(Exception fault)
    {
        NetworkLog.HandlerFailed(_network.Log, _name, fault);
        End(EndReason.Internal, "a fault of this node", tellsPeer: true);
    }

    private void GiveCredit(Channel channel, int cost) => SendControl(ControlMessage.CreditOf(channel, cost));

    private void SendControl(byte[] frame)
    {
        if (!_sending.TryEnqueueControl(frame)) Fault(PeerFault.TooFast, "asks and does not read");
    }

    private void Fault(PeerFault fault, string detail)
    {
        if (HasEnded) return;
        NetworkLog.Faulted(_network.Log, _name, fault, detail);
        Score(fault);
        End(EndReason.Fault, $"{fault}: {detail}", tellsPeer: true);
    }

    private bool Score(PeerFault fault)
    {
        bool isBanned = _network.Scores.Report(Id, fault);
        if (isBanned) _network.Counters.Banned();
        return isBanned;
    }

    private sealed record Ending(EndReason Reason, string Detail);
}
