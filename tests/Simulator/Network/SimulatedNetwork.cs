using System;
using System.Collections.Generic;
using Chain.Networking;
using Chain.Simulator.Clock;
using Chain.Simulator.Options;

namespace Chain.Simulator.Network;

/// <summary>
/// A full mesh of connections that delay, lose, repeat and reorder messages, and fall apart and heal. A cut link swallows
/// what is sent; when the cut is noticed, both ends hear that the connection is gone, and it is made again after the heal.
/// </summary>
internal sealed class SimulatedNetwork
{
    /// <summary>Messages under way on one channel of one connection: a full queue refuses, as the real one does.</summary>
    public const int QueueMax = 1024;

    private const long UsPerMs = 1000;
    private const long ReconnectMs = 200;

    private readonly EventQueue _events;
    private readonly Dice _dice;
    private readonly IReadOnlyList<INetworkUser> _users;
    private readonly SimulatedPeer?[,] _ends;
    private readonly bool[,] _isDialing;
    private readonly long[,] _baseUs;
    private bool[,] _isCut;

    public SimulatedNetwork(EventQueue events, Dice dice, LinkQuality quality, IReadOnlyList<INetworkUser> users)
    {
        (_events, _dice, Quality, _users) = (events, dice, quality, users);
        int count = users.Count;
        _ends = new SimulatedPeer?[count, count];
        _isDialing = new bool[count, count];
        _isCut = new bool[count, count];
        _baseUs = new long[count, count];
        for (int a = 0; a < count; a++)
        {
            for (int b = 0; b < count; b++) _baseUs[a, b] = dice.Between(quality.LatencyMsMin * UsPerMs, quality.LatencyMsMax * UsPerMs);
        }
    }

    public LinkQuality Quality { get; set; }

    public long Delivered { get; private set; }

    public long Lost { get; private set; }

    /// <summary>Says which messages vanish besides those that chance takes; null for none.</summary>
    public Func<SimulatedPeer, Channel, ReadOnlyMemory<byte>, bool>? Swallows { get; set; }

    /// <summary>Hears every report of a fault: who reports whom of what.</summary>
    public Action<int, int, PeerFault> Reported { get; set; } = static (_, _, _) => { };

    /// <summary>The one-way delay that a link begins with, microseconds.</summary>
    public long BaseUs(int from, int to) => _baseUs[from, to];

    public void SetBase(int from, int to, long us) => _baseUs[from, to] = us;

    /// <summary>A node came up: it dials everybody.</summary>
    public void Join(int user)
    {
        for (int other = 0; other < _users.Count; other++)
        {
            if (other != user) Dial(user, other, UsPerMs);
        }
    }

    /// <summary>A node is gone; the others notice one after the other.</summary>
    public void Leave(int user)
    {
        for (int other = 0; other < _users.Count; other++)
        {
            if (other != user && _ends[user, other] is { } end) Break(end, isFarOnly: true);
        }
    }

    /// <param name="resets">The ends notice that their connection is gone; else messages just vanish.</param>
    public void Cut(bool[,] isCut, bool resets)
    {
        _isCut = isCut;
        if (!resets) return;
        ForEachPair((a, b) =>
        {
            if ((isCut[a, b] || isCut[b, a]) && _ends[a, b] is { } end) Break(end, isFarOnly: false);
        });
    }

    public void Heal()
    {
        _isCut = new bool[_users.Count, _users.Count];
        ForEachPair((a, b) => Dial(a, b, _dice.Between(0, ReconnectMs * UsPerMs)));
    }

    public bool Send(SimulatedPeer from, Channel channel, ReadOnlyMemory<byte> message)
    {
        if (!from.IsOpen || from.Sent[(int)channel] >= QueueMax) return false;
        foreach ((Channel leaving, ReadOnlyMemory<byte> bytes) in _users[from.Owner].Leaving(from, channel, message))
        {
            bool isLost = _isCut[from.Owner, from.Other] || _dice.Chance(Quality.LossPerMille)
                || Swallows?.Invoke(from, leaving, bytes) == true;
            if (isLost) Lost++;
            else Deliver(from, leaving, bytes);
            if (!isLost && _dice.Chance(Quality.DuplicatePerMille)) Deliver(from, leaving, bytes);
        }
        return true;
    }

    public static bool HasRoom(SimulatedPeer from, Channel channel) => !from.IsOpen || from.Sent[(int)channel] < QueueMax;

    public void Report(SimulatedPeer by, PeerFault fault)
    {
        if (!by.IsOpen) return;
        Reported(by.Owner, by.Other, fault);
        if (fault is PeerFault.Malformed or PeerFault.Lie) Break(by, isFarOnly: false);
    }

    private void Deliver(SimulatedPeer from, Channel channel, ReadOnlyMemory<byte> message)
    {
        long delayUs = _baseUs[from.Owner, from.Other] + _dice.Between(0, Quality.JitterMs * UsPerMs);
        if (_dice.Chance(Quality.TailPerMille)) delayUs *= 10;
        long atUs = _events.NowUs + delayUs;
        if (!Quality.Reorders) atUs = Math.Max(atUs, from.LastUs[(int)channel]);
        from.LastUs[(int)channel] = atUs;
        from.Sent[(int)channel]++;
        _events.At(atUs, () =>
        {
            from.Sent[(int)channel]--;
            if (!from.Far.IsOpen || _isCut[from.Owner, from.Other]) return;
            Delivered++;
            _users[from.Other].Receive(from.Far, channel, message);
        });
    }

    private void Dial(int a, int b, long delayUs)
    {
        if (a > b) (a, b) = (b, a);
        if (_isDialing[a, b] || _ends[a, b] is not null) return;
        _isDialing[a, b] = true;
        _events.After(delayUs + _baseUs[a, b] + _baseUs[b, a], () =>
        {
            _isDialing[a, b] = false;
            if (_ends[a, b] is not null || !_users[a].IsUp || !_users[b].IsUp) return;
            if (_isCut[a, b] || _isCut[b, a]) return;
            SimulatedPeer near = new(this, a, b, _users[b].Id);
            SimulatedPeer far = new(this, b, a, _users[a].Id) { Far = near };
            near.Far = far;
            (_ends[a, b], _ends[b, a]) = (near, far);
            _users[a].Connected(near);
            _users[b].Connected(far);
        });
    }

    /// <summary>Ends a connection; dials again while both sides live.</summary>
    /// <param name="isFarOnly">This end's owner is dead and hears nothing.</param>
    private void Break(SimulatedPeer end, bool isFarOnly)
    {
        if (!end.IsOpen) return;
        SimulatedPeer far = end.Far;
        (end.IsOpen, far.IsOpen) = (false, false);
        (_ends[end.Owner, end.Other], _ends[end.Other, end.Owner]) = (null, null);
        if (!isFarOnly) _events.After(0, () => _users[end.Owner].Disconnected(end));
        _events.After(_dice.Between(0, ReconnectMs * UsPerMs), () => _users[end.Other].Disconnected(far));
        Dial(end.Owner, end.Other, (ReconnectMs * UsPerMs) + _dice.Between(0, ReconnectMs * UsPerMs));
    }

    private void ForEachPair(Action<int, int> action)
    {
        for (int a = 0; a < _users.Count; a++)
        {
            for (int b = a + 1; b < _users.Count; b++) action(a, b);
        }
    }
}
