using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Merkle;

namespace Chain.StateMachine.Execution;

/// <summary>The roots under which events are proven.</summary>
public static class EventRoots
{
    /// <summary>RFC 6962 root over the encoded events, in order.</summary>
    public static Hash256 Of(IReadOnlyList<Event> events)
    {
        MessagePackWriter writer = new();
        Hash256[] leafHashes = new Hash256[events.Count];
        for (int i = 0; i < leafHashes.Length; i++)
        {
            writer.Clear();
            events[i].Write(ref writer);
            leafHashes[i] = MerkleTree.LeafHash(writer.Written);
        }
        return MerkleTree.Root(leafHashes);
    }

    /// <summary>
    /// Root of a block: leaf 0 is the root over the block's own events, leaf i+1 the <c>data</c> of transaction i. Null where
    /// nothing happened.
    /// </summary>
    public static Hash256? OfBlock(IReadOnlyList<Event> blockEvents, IReadOnlyList<TransactionOutcome> results)
    {
        bool happened = blockEvents.Count > 0;
        List<byte[]> leaves = new(results.Count + 1) { Of(blockEvents).ToArray() };
        foreach (TransactionOutcome result in results)
        {
            happened |= result.Events.Count > 0;
            leaves.Add(result.Data.ToArray());
        }
        return happened ? MerkleTree.Root(leaves) : null;
    }
}
