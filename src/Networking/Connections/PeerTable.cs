using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Chain.Primitives.Bytes;

namespace Chain.Networking.Connections;

/// <summary>
/// The connections by key, one each. Both ends resolve duplicates by the same rule, so that they end the same one:
/// a connection made by the same dialler or by a restarted peer replaces the old one, which is dead without knowing it. When both
/// dialled at once, the connection that the lower id dialled stays.
/// </summary>
internal sealed class PeerTable
{
    private readonly Address _ownId;
    private readonly int _countMax;
    private readonly int _guestsMax;
    private readonly Func<Address, bool> _hasPlace;
    private readonly TimeSpan _raceTime;
    private readonly TimeProvider _time;
    private readonly Dictionary<Address, PeerConnection> _connections = [];
    private readonly Lock _gate = new();
    private bool _isStopping;

    /// <param name="guestsMax">Connections of keys for which no place is kept.</param>
    /// <param name="raceTime">How long an attempt may take: an older connection is no rival but one that the dialler knows to be dead.</param>
    public PeerTable(
        in Address ownId, int countMax, int guestsMax, Func<Address, bool> hasPlace, TimeSpan raceTime, TimeProvider time)
    {
        _ownId = ownId;
        _countMax = countMax;
        _guestsMax = guestsMax;
        _hasPlace = hasPlace;
        _raceTime = raceTime;
        _time = time;
    }

    /// <summary>All connections, those that are ending as well.</summary>
    public PeerConnection[] All
    {
        get
        {
            lock (_gate) return [.. _connections.Values.OrderBy(connection => connection.Id)];
        }
    }

    public PeerConnection? Find(in Address id)
    {
        lock (_gate) return _connections.GetValueOrDefault(id);
    }

    /// <summary>
    /// Whether to accept a hello: <see cref="EndReason.None"/> for yes. Stricter than <see cref="TryJoin"/>: as long as we have
    /// not accepted what we dialled, the other side does not count it, so we give up our attempt for a connection that came meanwhile.
    /// </summary>
    public EndReason Judge(in Address id, PeerDirection direction, ulong instance)
    {
        lock (_gate)
        {
            bool cameMeanwhile = direction == PeerDirection.Outbound
                && _connections.TryGetValue(id, out PeerConnection? old)
                && !old.HasEnded
                && old.Direction == PeerDirection.Inbound
                && old.Instance == instance;
            return cameMeanwhile ? EndReason.Duplicate : JudgeJoin(id, direction, instance);
        }
    }

    /// <summary>Takes the connection in; answers the one that it replaces, which the caller has to end.</summary>
    public EndReason TryJoin(PeerConnection fresh, out PeerConnection? replaced)
    {
        lock (_gate)
        {
            replaced = null;
            EndReason refusal = JudgeJoin(fresh.Id, fresh.Direction, fresh.Instance);
            if (refusal != EndReason.None) return refusal;
            replaced = _connections.GetValueOrDefault(fresh.Id);
            _connections[fresh.Id] = fresh;
            return EndReason.None;
        }
    }

    /// <summary>Forgets a connection, unless another has taken its place.</summary>
    public void Leave(PeerConnection ended)
    {
        lock (_gate)
        {
            if (_connections.GetValueOrDefault(ended.Id) == ended) _connections.Remove(ended.Id);
        }
    }

    /// <summary>From now on nobody joins.</summary>
    public void Stop()
    {
        lock (_gate) _isStopping = true;
    }

    private EndReason JudgeJoin(in Address id, PeerDirection direction, ulong instance)
    {
        if (_isStopping) return EndReason.Stopping;
        if (!_connections.TryGetValue(id, out PeerConnection? old))
        {
            bool isFull = _connections.Count >= _countMax || (!_hasPlace(id) && CountGuests() >= _guestsMax);
            return isFull ? EndReason.TooManyPeers : EndReason.None;
        }
        return old.HasEnded || Replaces(id, direction, instance, old) ? EndReason.None : EndReason.Duplicate;
    }

    private int CountGuests()
    {
        int guests = 0;
        foreach (Address id in _connections.Keys) guests += _hasPlace(id) ? 0 : 1;
        return guests;
    }

    private bool Replaces(in Address id, PeerDirection direction, ulong instance, PeerConnection old)
    {
        if (direction == old.Direction || instance != old.Instance) return true;
        if (_time.GetElapsedTime(old.CreatedAt) > _raceTime) return true;
        bool isPeerLower = id < _ownId;
        return isPeerLower == (direction == PeerDirection.Inbound);
    }
}
