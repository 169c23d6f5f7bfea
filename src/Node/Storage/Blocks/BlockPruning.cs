using System;
using System.Buffers.Binary;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Store;

namespace Chain.Node.Storage.Blocks;

/// <summary>
/// Takes the oldest blocks out of a <see cref="BlockStore"/>. The lowest height kept stands in a row of its own, written in the same
/// batch as the deletions: who opens the store never walks over what was deleted, and a batch that is lost has deleted nothing.
/// </summary>
internal static class BlockPruning
{
    private static readonly byte[] FloorKey = "f"u8.ToArray();

    /// <summary>The lowest height kept; null where nothing was pruned.</summary>
    public static Height? Floor(IKeyValueReader reader) =>
        reader.Get(Column.Index, FloorKey) is { } bytes ? new Height(BinaryPrimitives.ReadInt64BigEndian(bytes)) : null;

    /// <summary>
    /// Adds to a batch the deletion of a run of heights, the lowest one kept first, so that <paramref name="keepFrom"/>, which is
    /// stored, becomes the lowest.
    /// </summary>
    /// <remarks>
    /// A validator set that did not change is a reference to the height that holds it. The record to which the lowest height kept
    /// refers stays, alone of its height, until another one is referred to.
    /// </remarks>
    public static void AddTo(WriteBatch batch, BlockStore blocks, IKeyValueReader reader, Height keepFrom)
    {
        Height first = blocks.First;
        Height origin = BlockStore.OriginOfValidators(reader, keepFrom);
        Height stayed = BlockStore.OriginOfValidators(reader, first);
        if (stayed < first && stayed != origin) batch.Delete(Column.Blocks, BlockStore.ValidatorsKey(stayed));
        for (Height height = first; height < keepFrom; height = height.Next)
        {
            DropIndexes(batch, blocks, height);
            using IKeyValueIterator walk = reader.Iterate(
                Column.Blocks, BlockStore.FirstKey(height), BlockStore.FirstKey(height.Next));
            while (walk.MoveNext())
            {
                bool stays = height == origin && walk.Key.SequenceEqual(BlockStore.ValidatorsKey(origin));
                if (!stays) batch.Delete(Column.Blocks, walk.Key);
            }
        }
        byte[] floor = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(floor, keepFrom.Value);
        batch.Put(Column.Index, FloorKey, floor);
    }

    private static void DropIndexes(WriteBatch batch, BlockStore blocks, Height height)
    {
        if (blocks.LoadMeta(height) is not { } meta) return;
        batch.Delete(Column.Index, BlockStore.IndexKey(BlockStore.IndexBlock, meta.Id.Hash));
        if (meta.TransactionCount == 0 || blocks.LoadBlock(height) is not { } block) return;
        foreach (byte[] transaction in block.Transactions)
        {
            Hash256 id = Sha256.Hash(transaction);
            // A copy in a later block took the place over.
            if (blocks.FindTransaction(id)?.Height == height) batch.Delete(Column.Index, BlockStore.IndexKey(BlockStore.IndexTransaction, id));
        }
    }
}
