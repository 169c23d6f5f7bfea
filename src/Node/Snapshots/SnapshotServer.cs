using System.Collections.Generic;
using Chain.Consensus.Light;
using Chain.Node.Peers;
using Chain.Node.Peers.Messages;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;

namespace Chain.Node.Snapshots;

/// <summary>Answers peers that begin from a snapshot. What is not here is not answered; they ask others.</summary>
public sealed class SnapshotServer(SnapshotStore snapshots, BlockStore blocks)
{
    /// <summary>Offers the newest snapshots, the newest first.</summary>
    public void Answer(PeerView peer, PeerMessage.SnapshotsWanted wanted)
    {
        IReadOnlyList<Height> heights = snapshots.Heights();
        for (int i = heights.Count - 1; i >= 0 && heights[i] >= wanted.From; i--)
        {
            if (snapshots.LoadManifest(heights[i]) is { } manifest) peer.Send(new PeerMessage.SnapshotOffered(manifest));
        }
    }

    public void Answer(PeerView peer, PeerMessage.ChunkWanted wanted)
    {
        if (snapshots.LoadChunk(wanted.Height, wanted.Index) is { } chunk)
        {
            peer.Send(new PeerMessage.ChunkOf(wanted.Height, wanted.Index, chunk));
        }
    }

    public void Answer(PeerView peer, PeerMessage.LightBlockWanted wanted)
    {
        Height height = wanted.Height;
        if (blocks.LoadMeta(height) is { } meta
            && blocks.LoadCommit(height, out _) is { } commit
            && blocks.LoadValidators(height) is { } validators)
        {
            peer.Send(new PeerMessage.LightBlockOf(new LightBlock(meta.Header, commit, validators)));
        }
    }

    public void Answer(PeerView peer, PeerMessage.ResultsWanted wanted)
    {
        if (blocks.LoadResults(wanted.Height) is { } results)
        {
            peer.Send(new PeerMessage.ResultsOf(wanted.Height, results.WithoutEvents().Encode()));
        }
    }
}
