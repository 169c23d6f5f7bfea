using System.Collections.Generic;
using Chain.Networking;
using Chain.Node.Peers.Messages;

namespace Chain.Node.Snapshots;

/// <summary>A peer that is asked for a snapshot: what it offers, and what it owes.</summary>
internal sealed class SyncPeer(IPeer link)
{
    private readonly List<(SyncNeed Need, long AskedMs)> _asked = [];

    public IPeer Link => link;

    /// <summary>Encoded manifests by height.</summary>
    public SortedDictionary<long, byte[]> Offers { get; } = [];

    public int Owes => _asked.Count;

    /// <summary>Questions in a row that it did not answer.</summary>
    public int Unanswered { get; set; }

    public long AskedOffersMs { get; set; } = long.MinValue / 2;

    public bool IsAsked(SyncNeed need) => _asked.Exists(asked => asked.Need == need);

    public bool Ask(SyncNeed need, PeerMessage message, long nowMs)
    {
        if (!Send(message)) return false;
        _asked.Add((need, nowMs));
        return true;
    }

    public bool Send(PeerMessage message) => link.TrySend(message.Channel, message.Encode());

    /// <summary>True when the answer was asked for.</summary>
    public bool Answered(SyncNeed need)
    {
        if (_asked.RemoveAll(asked => asked.Need == need) == 0) return false;
        Unanswered = 0;
        return true;
    }

    /// <summary>
    /// Forgets what it should have answered by now; true when it broke its word. A light block it never said to have.
    /// </summary>
    public bool DropLate(long nowMs)
    {
        bool isFault = _asked.Exists(asked => asked.Need.Kind != SyncNeedKind.LightBlock && IsLate(asked.AskedMs, nowMs));
        Unanswered += _asked.RemoveAll(asked => IsLate(asked.AskedMs, nowMs));
        return isFault;
    }

    private static bool IsLate(long askedMs, long nowMs) => nowMs - askedMs >= SyncLimits.AnswerMs;
}
