using System.Collections.Generic;
using System.Collections.Immutable;
using Chain.Networking;
using Chain.Node.Peers.Messages;

namespace Chain.Node.Peers;

/// <summary>The connected peers, in the order in which they came. Changes on the replica's thread; sending to all is for any.</summary>
public sealed class PeerTable
{
    private ImmutableArray<PeerView> _peers = [];

    /// <summary>A moment's view.</summary>
    public ImmutableArray<PeerView> All => _peers;

    public int Count => All.Length;

    public PeerView Add(IPeer link)
    {
        PeerView view = new(link);
        _peers = _peers.Add(view);
        return view;
    }

    public PeerView? Find(IPeer link)
    {
        foreach (PeerView view in _peers)
        {
            if (ReferenceEquals(view.Link, link)) return view;
        }
        return null;
    }

    /// <summary>Their connections, but for one.</summary>
    public IReadOnlyList<IPeer> Links(IPeer? except = null)
    {
        List<IPeer> links = [];
        foreach (PeerView view in All)
        {
            if (!ReferenceEquals(view.Link, except)) links.Add(view.Link);
        }
        return links;
    }

    public void Remove(PeerView view) => _peers = _peers.Remove(view);

    /// <summary>Encodes once and queues for each peer. A peer whose queue is full is helped by its summary later.</summary>
    public void SendToAll(PeerMessage message)
    {
        ImmutableArray<PeerView> peers = All;
        if (peers.IsEmpty) return;
        byte[] encoded = message.Encode();
        foreach (PeerView view in peers) view.Link.TrySend(message.Channel, encoded);
    }
}
