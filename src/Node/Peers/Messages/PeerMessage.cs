using System;
using System.Collections.Generic;
using Chain.Consensus.Core;
using Chain.Consensus.Light;
using Chain.Networking;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Snapshots;

namespace Chain.Node.Peers.Messages;

/// <summary>What nodes say to each other. Closed; each message belongs to one channel and is refused on any other.</summary>
public abstract record PeerMessage
{
    private PeerMessage() { }

    /// <summary>A prevote or precommit, the sender's own or one that the receiver lacks.</summary>
    public sealed record VoteCast(Vote Vote) : PeerMessage;

    /// <summary>A proposal with the outline of its block.</summary>
    public sealed record Proposed(Proposal Proposal, BlockOutline Outline) : PeerMessage;

    /// <summary>Where the sender stands. <paramref name="Height"/> is the one that it decides; it holds blocks from
    /// <paramref name="FirstBlock"/> (0 for none) to the height before.</summary>
    /// <param name="Rounds">The newest rounds of that height of which it knows something, ascending.</param>
    public sealed record Standing(
        Height Height, Height FirstBlock, Round Round, Step Step, IReadOnlyList<RoundSummary> Rounds) : PeerMessage;

    /// <summary>Transactions for the mempool.</summary>
    public sealed record Transactions(IReadOnlyList<byte[]> Items) : PeerMessage;

    /// <summary>Names transactions that wait at the sender.</summary>
    public sealed record TransactionsKnown(IReadOnlyList<Hash256> Ids) : PeerMessage;

    /// <summary>Asks for some of those that <see cref="TransactionsKnown"/> named; <see cref="Transactions"/> answers.</summary>
    public sealed record TransactionsWanted(IReadOnlyList<Hash256> Ids) : PeerMessage;

    /// <summary>Asks for the outline of a block of the running height.</summary>
    public sealed record OutlineWanted(Height Height, BlockId BlockId) : PeerMessage;

    /// <summary>Answers <see cref="OutlineWanted"/>.</summary>
    public sealed record OutlineOf(BlockId BlockId, BlockOutline Outline) : PeerMessage;

    /// <summary>Asks for transactions of a block by their place in it.</summary>
    public sealed record BodiesWanted(Height Height, BlockId BlockId, IReadOnlyList<int> Places) : PeerMessage;

    /// <summary>Answers <see cref="BodiesWanted"/>; a long answer comes in several.</summary>
    public sealed record Bodies(BlockId BlockId, IReadOnlyList<KeyValuePair<int, byte[]>> Items) : PeerMessage;

    /// <summary>Asks for decided blocks, ascending from a height.</summary>
    public sealed record BlocksWanted(Height From, int Count) : PeerMessage;

    /// <summary>Answers <see cref="BlocksWanted"/>, one block each; the commit is the block's own.</summary>
    public sealed record Decided(ReadOnlyMemory<byte> EncodedBlock, Commit Commit) : PeerMessage
    {
        private (Block Block, BlockId Id)? _opened;

        /// <summary>
        /// Decodes and names the block, once: the connection's thread does it first, so that the replica's need not. False when the
        /// bytes are none.
        /// </summary>
        public bool TryOpen(out Block block, out BlockId id)
        {
            if (_opened is null && Block.TryDecode(EncodedBlock.Span, out Block decoded, out DecodeError _))
            {
                _opened = (decoded, decoded.Id());
            }
            (block, id) = _opened ?? (null!, BlockId.Nil);
            return _opened is not null;
        }
    }

    /// <summary>Asks for the manifests of snapshots, from a height on.</summary>
    public sealed record SnapshotsWanted(Height From) : PeerMessage;

    /// <summary>Answers <see cref="SnapshotsWanted"/>, one snapshot each.</summary>
    public sealed record SnapshotOffered(SnapshotManifest Manifest) : PeerMessage;

    /// <summary>Asks for a chunk of the snapshot of a height.</summary>
    public sealed record ChunkWanted(Height Height, int Index) : PeerMessage;

    /// <summary>Answers <see cref="ChunkWanted"/>.</summary>
    public sealed record ChunkOf(Height Height, int Index, ReadOnlyMemory<byte> EncodedChunk) : PeerMessage;

    /// <summary>Asks for what a light client needs of a decided block.</summary>
    public sealed record LightBlockWanted(Height Height) : PeerMessage;

    /// <summary>Answers <see cref="LightBlockWanted"/>.</summary>
    public sealed record LightBlockOf(LightBlock Block) : PeerMessage;

    /// <summary>Asks for the results of a block, without events.</summary>
    public sealed record ResultsWanted(Height Height) : PeerMessage;

    /// <summary>Answers <see cref="ResultsWanted"/>.</summary>
    public sealed record ResultsOf(Height Height, ReadOnlyMemory<byte> EncodedResults) : PeerMessage;

    /// <summary>The channel that carries this message.</summary>
    public Channel Channel => this switch
    {
        VoteCast => Channel.Votes,
        Proposed => Channel.Proposals,
        Standing or OutlineWanted or BodiesWanted or BlocksWanted
            or SnapshotsWanted or ChunkWanted or LightBlockWanted or ResultsWanted => Channel.Summaries,
        Transactions or TransactionsKnown or TransactionsWanted => Channel.Transactions,
        OutlineOf or Bodies or Decided or LightBlockOf or ResultsOf => Channel.Blocks,
        SnapshotOffered or ChunkOf => Channel.Snapshots,
        _ => throw new InvariantException("a message of no known kind"),
    };

    /// <summary>Canonical MessagePack: [version, kind, fields…].</summary>
    public byte[] Encode() => PeerMessageCodec.Encode(this);

    /// <summary>Total: false on anything that <see cref="Encode"/> does not write.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out PeerMessage message, out DecodeError error) =>
        PeerMessageCodec.TryDecode(bytes, out message, out error);
}
