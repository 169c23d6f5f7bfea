using System.Collections.Generic;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Peers.Messages;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;

namespace Chain.Node.Peers;

/// <summary>
/// Answers peers that ask for a block by name: its outline, or some of its transactions. A peer that does not read what it asked for
/// costs nothing more. Used on the replica's thread.
/// </summary>
public sealed class BlockServer(BlockLedger ledger, BlockStore blocks, NodeClock clock)
{
    /// <summary>The outline asked for last: others lack the same one, and each of its transactions is hashed for it.</summary>
    private (BlockId Id, byte[] Encoded) _last = (default, []);

    public void Answer(PeerView peer, PeerMessage.OutlineWanted wanted)
    {
        if (!peer.Link.HasRoom(Channel.Blocks)) return;
        if (_last.Encoded.Length == 0 || _last.Id != wanted.BlockId)
        {
            if (Find(wanted.Height, wanted.BlockId) is not { } block) return;
            _last = (wanted.BlockId, new PeerMessage.OutlineOf(wanted.BlockId, PeerVoice.OutlineOf(block)).Encode());
        }
        if (peer.PieceBytes.TryTake(clock.NowMs, _last.Encoded.Length)) peer.Link.TrySend(Channel.Blocks, _last.Encoded);
    }

    public void Answer(PeerView peer, PeerMessage.BodiesWanted wanted)
    {
        if (!peer.Link.HasRoom(Channel.Blocks) || Find(wanted.Height, wanted.BlockId) is not { } block) return;
        List<KeyValuePair<int, byte[]>> items = [];
        int bytes = 0;
        foreach (int place in wanted.Places)
        {
            if (place >= block.Transactions.Count) return;
            byte[] body = block.Transactions[place];
            if (items.Count > 0 && bytes + body.Length > PeerLimits.BulkBytesMax)
            {
                if (!Send(peer, wanted.BlockId, items, bytes)) return;
                items = [];
                bytes = 0;
            }
            items.Add(new KeyValuePair<int, byte[]>(place, body));
            bytes += body.Length;
        }
        if (items.Count > 0) Send(peer, wanted.BlockId, items, bytes);
    }

    private bool Send(PeerView peer, in BlockId id, List<KeyValuePair<int, byte[]>> items, int bytes) =>
        peer.PieceBytes.TryTake(clock.NowMs, bytes) && peer.Send(new PeerMessage.Bodies(id, items));

    private Block? Find(Height height, in BlockId id)
    {
        if (ledger.Find(id) is { } running) return running;
        return blocks.LoadId(height) == id ? blocks.LoadBlock(height) : null;
    }
}
