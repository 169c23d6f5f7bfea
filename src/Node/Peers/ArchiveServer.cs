using System.Collections.Generic;
using Chain.Consensus.Light;
using Chain.Networking;
using Chain.Node.Peers.Messages;
using Chain.Node.Snapshots;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;

namespace Chain.Node.Peers;

/// <summary>
/// Answers what peers ask of the past: decided blocks, light blocks, results, snapshots. Reads the store alone, so any thread may
/// ask. What is not here is not answered; the peer asks others.
/// </summary>
public sealed class ArchiveServer(BlockStore blocks, SnapshotStore snapshots)
{
    /// <summary>The channel of the answers; null for a message that asks for nothing of the past.</summary>
    public static Channel? AnswersOn(PeerMessage message) => message switch
    {
        PeerMessage.BlocksWanted or PeerMessage.LightBlockWanted or PeerMessage.ResultsWanted => Channel.Blocks,
        PeerMessage.SnapshotsWanted or PeerMessage.ChunkWanted => Channel.Snapshots,
        _ => null,
    };

    /// <summary>The encoded answers. Each is read when the caller asks for it, and so need not be read before there is room.</summary>
    public IEnumerable<byte[]> Answers(PeerMessage question)
    {
        foreach (PeerMessage? answer in AnswersTo(question))
        {
            if (answer is null) yield break;
            yield return answer.Encode();
        }
    }

    private IEnumerable<PeerMessage?> AnswersTo(PeerMessage question) => question switch
    {
        PeerMessage.BlocksWanted wanted => Blocks(wanted),
        PeerMessage.SnapshotsWanted wanted => Offers(wanted),
        PeerMessage.LightBlockWanted wanted => [LightBlockAt(wanted.Height)],
        PeerMessage.ResultsWanted { Height: Height height } =>
            [blocks.LoadResults(height) is { } results ? new PeerMessage.ResultsOf(height, results.WithoutEvents().Encode()) : null],
        PeerMessage.ChunkWanted { Height: Height height, Index: int index } =>
            [snapshots.LoadChunk(height, index) is { } chunk ? new PeerMessage.ChunkOf(height, index, chunk) : null],
        _ => [],
    };

    private IEnumerable<PeerMessage?> Blocks(PeerMessage.BlocksWanted wanted)
    {
        Height height = wanted.From;
        for (int i = 0; i < wanted.Count; i++, height = height.Next)
        {
            yield return blocks.LoadEncoded(height) is { } block && blocks.LoadSeenCommit(height) is { } commit
                ? new PeerMessage.Decided(block, commit)
                : null;
        }
    }

    /// <summary>The newest snapshots, the newest first.</summary>
    private IEnumerable<PeerMessage?> Offers(PeerMessage.SnapshotsWanted wanted)
    {
        IReadOnlyList<Height> heights = snapshots.Heights();
        for (int i = heights.Count - 1; i >= 0 && heights[i] >= wanted.From; i--)
        {
            yield return snapshots.LoadManifest(heights[i]) is { } manifest ? new PeerMessage.SnapshotOffered(manifest) : null;
        }
    }

    private PeerMessage.LightBlockOf? LightBlockAt(Height height) =>
        blocks.LoadMeta(height) is { } meta
        && blocks.LoadCommit(height, out _) is { } commit
        && blocks.LoadValidators(height) is { } validators
            ? new PeerMessage.LightBlockOf(new LightBlock(meta.Header, commit, validators))
            : null;
}
