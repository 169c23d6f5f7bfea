using System.Collections.Generic;
using Chain.Node.Core;
using Chain.Node.Peers.Messages;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;

namespace Chain.Node.Peers;

/// <summary>Answers peers that ask for blocks: of the running height by name, decided ones by height.</summary>
public sealed class BlockServer(BlockLedger ledger, BlockStore blocks)
{
    public void Answer(PeerView peer, PeerMessage.OutlineWanted wanted)
    {
        if (Find(wanted.Height, wanted.BlockId) is { } block)
        {
            peer.Send(new PeerMessage.OutlineOf(wanted.BlockId, PeerVoice.OutlineOf(block)));
        }
    }

    public void Answer(PeerView peer, PeerMessage.BodiesWanted wanted)
    {
        if (Find(wanted.Height, wanted.BlockId) is not { } block) return;
        List<KeyValuePair<int, byte[]>> items = [];
        int bytes = 0;
        foreach (int place in wanted.Places)
        {
            if (place >= block.Transactions.Count) return;
            byte[] body = block.Transactions[place];
            if (items.Count > 0 && bytes + body.Length > PeerLimits.BulkBytesMax)
            {
                if (!peer.Send(new PeerMessage.Bodies(wanted.BlockId, items))) return;
                items = [];
                bytes = 0;
            }
            items.Add(new KeyValuePair<int, byte[]>(place, body));
            bytes += body.Length;
        }
        if (items.Count > 0) peer.Send(new PeerMessage.Bodies(wanted.BlockId, items));
    }

    /// <summary>Sends until the peer's queue is full; it asks again for the rest.</summary>
    public void Answer(PeerView peer, PeerMessage.BlocksWanted wanted)
    {
        Height height = wanted.From;
        for (int i = 0; i < wanted.Count; i++, height = height.Next)
        {
            if (blocks.LoadBlock(height) is not { } block || blocks.LoadSeenCommit(height) is not { } commit) return;
            if (!peer.Send(new PeerMessage.Decided(block.Encode(), commit))) return;
        }
    }

    private Block? Find(Height height, in BlockId id)
    {
        if (ledger.Find(id) is { } running) return running;
        return blocks.LoadId(height) == id ? blocks.LoadBlock(height) : null;
    }
}
