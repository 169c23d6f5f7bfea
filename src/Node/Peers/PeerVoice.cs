using System.Collections.Generic;
using Chain.Node.Peers.Messages;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Node.Peers;

/// <summary>Tells the peers what this validator says: each message goes straight to everybody.</summary>
public sealed class PeerVoice(PeerTable peers)
{
    public void Tell(Vote vote) => peers.SendToAll(new PeerMessage.VoteCast(vote));

    public void Tell(Proposal proposal, Block block)
    {
        if (peers.Count > 0) peers.SendToAll(new PeerMessage.Proposed(proposal, OutlineOf(block)));
    }

    public static BlockOutline OutlineOf(Block block)
    {
        List<Hash256> ids = new(block.Transactions.Count);
        foreach (byte[] transaction in block.Transactions) ids.Add(Sha256.Hash(transaction));
        return BlockOutline.Of(block, ids);
    }
}
