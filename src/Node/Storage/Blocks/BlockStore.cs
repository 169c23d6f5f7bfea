using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Store;

namespace Chain.Node.Storage.Blocks;

/// <summary>
/// Blocks, commits, results and validator sets by height, and the indexes by hash. Keys in <see cref="Column.Blocks"/> are
/// the height (8 bytes, big-endian) and a kind; in <see cref="Column.Index"/> a kind and the hash. Values are canonical
/// MessagePack, version first. Bytes that do not decode are a damaged store and throw <see cref="InvalidDataException"/>.
/// </summary>
public sealed class BlockStore
{
    private const int CodecVersion = 1;
    private const int BlockKeySize = 9;

    private const byte KindMeta = (byte)'m';
    private const byte KindBlock = (byte)'b';
    private const byte KindSeenCommit = (byte)'c';
    private const byte KindResults = (byte)'r';
    private const byte KindValidators = (byte)'v';
    internal const byte IndexTransaction = (byte)'t';
    internal const byte IndexBlock = (byte)'b';

    private readonly IKeyValueReader _reader;

    public BlockStore(IKeyValueReader reader) => _reader = reader;

    /// <summary>The lowest height kept, 0 when there is no block.</summary>
    public Height First => BlockPruning.Floor(_reader) ?? Edge(descending: false);

    /// <summary>The newest height kept, 0 when there is no block.</summary>
    public Height Last => Edge(descending: true);

    /// <summary>Adds a block and its indexes to the batch that will carry its height.</summary>
    public void Put(WriteBatch batch, StoredBlock block)
    {
        Height height = block.Height;
        BlockMeta meta = new(block.Block.Header, block.Id, BlockSize.Of(block.Block), block.Block.Transactions.Count);
        batch.Put(Column.Blocks, Key(height, KindMeta), meta.Encode());
        batch.Put(Column.Blocks, Key(height, KindBlock), block.Block.Encode());
        MessagePackWriter commit = new();
        commit.Array(2).UInt(CodecVersion);
        batch.Put(Column.Blocks, Key(height, KindSeenCommit), block.SeenCommit.Write(ref commit).Written);
        batch.Put(Column.Blocks, Key(height, KindResults), block.Results.Encode());
        PutValidators(batch, block);
        for (int i = 0; i < block.Block.Transactions.Count; i++)
        {
            Hash256 id = Sha256.Hash(block.Block.Transactions[i]);
            bool hidesSuccess = block.Results.Transactions[i].Code != 0 && IsIndexedAsSuccess(id);
            if (!hidesSuccess) PutPlace(batch, id, height, i);
        }
        MessagePackWriter at = new();
        at.Array(2).UInt(CodecVersion).Int(height.Value);
        batch.Put(Column.Index, IndexKey(IndexBlock, block.Id.Hash), at.Written);
    }

    /// <summary>
    /// Adds to a batch the deletion of all above a height, 0 or more, so that it becomes <see cref="Last"/>. The indexes answer as
    /// they did then.
    /// </summary>
    public void RollBackTo(Height height, WriteBatch batch)
    {
        SortedSet<Hash256> unplaced = [];
        for (Height above = Last; above > height && LoadBlock(above) is { } block; above = new Height(above.Value - 1))
        {
            batch.Delete(Column.Index, IndexKey(IndexBlock, LoadId(above)!.Value.Hash));
            foreach (byte[] transaction in block.Transactions)
            {
                Hash256 id = Sha256.Hash(transaction);
                if (FindTransaction(id) is not { } place || place.Height <= height || !unplaced.Add(id)) continue;
                batch.Delete(Column.Index, IndexKey(IndexTransaction, id));
            }
        }
        bool isKept = LoadMeta(height) is not null;
        using IKeyValueIterator walk = _reader.Iterate(Column.Blocks, Key(height.Next, 0), []);
        while (walk.MoveNext())
        {
            // The kept block wrote the set of the height after it.
            bool isNextSet = isKept && walk.Key.SequenceEqual(Key(height.Next, KindValidators));
            if (!isNextSet) batch.Delete(Column.Blocks, walk.Key);
        }
        PlaceAgain(height, unplaced, batch);
    }

    /// <summary>All that <see cref="Put"/> was given for a height, or null.</summary>
    public StoredBlock? Load(Height height) =>
        LoadBlock(height) is { } block
        && LoadId(height) is { } id
        && LoadSeenCommit(height) is { } commit
        && LoadResults(height) is { } results
        && LoadValidators(height) is { } validators
        && LoadValidators(height.Next) is { } nextValidators
            ? new StoredBlock(block, id, commit, results, validators, nextValidators)
            : null;

    public Block? LoadBlock(Height height)
    {
        if (LoadEncoded(height) is not { } bytes) return null;
        return Block.TryDecode(bytes, out Block block, out DecodeError error) ? block : throw Damaged("block", height, error);
    }

    /// <summary>A block as <see cref="Block.Encode"/> wrote it.</summary>
    public byte[]? LoadEncoded(Height height) => _reader.Get(Column.Blocks, Key(height, KindBlock));

    public BlockMeta? LoadMeta(Height height)
    {
        byte[]? bytes = _reader.Get(Column.Blocks, Key(height, KindMeta));
        if (bytes is null) return null;
        return BlockMeta.TryDecode(bytes, out BlockMeta meta, out DecodeError error) ? meta : throw Damaged("meta", height, error);
    }

    public BlockId? LoadId(Height height) => LoadMeta(height)?.Id;

    /// <summary>
    /// The commit for a height. <paramref name="canonical"/> when the next block carries it, else it is what this node saw.
    /// </summary>
    public Commit? LoadCommit(Height height, out bool canonical)
    {
        canonical = false;
        if (LoadBlock(height.Next) is { } next && next.LastCommit.Height == height)
        {
            canonical = true;
            return next.LastCommit;
        }
        return LoadSeenCommit(height);
    }

    /// <summary>The precommits with which this node decided; where it starts the next height from.</summary>
    public Commit? LoadSeenCommit(Height height)
    {
        byte[]? bytes = _reader.Get(Column.Blocks, Key(height, KindSeenCommit));
        if (bytes is null) return null;
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        Commit commit = Commit.Read(ref reader);
        reader.EndArray();
        return reader.TryFinish(out DecodeError error) ? commit : throw Damaged("commit", height, error);
    }

    public BlockResults? LoadResults(Height height)
    {
        byte[]? bytes = _reader.Get(Column.Blocks, Key(height, KindResults));
        if (bytes is null) return null;
        return BlockResults.TryDecode(bytes, out BlockResults results, out DecodeError error)
            ? results
            : throw Damaged("results", height, error);
    }

    /// <summary>The set that decides a height, known up to the height after <see cref="Last"/>.</summary>
    public ValidatorSet? LoadValidators(Height height)
    {
        byte[]? bytes = _reader.Get(Column.Blocks, Key(height, KindValidators));
        if (bytes is null) return null;
        if (ReferenceIn(bytes) is { } origin) bytes = _reader.Get(Column.Blocks, Key(origin, KindValidators));
        MessagePackReader reader = new(bytes);
        reader.Array(3);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        reader.Nil();
        ValidatorSet? set = ValidatorSet.Read(ref reader);
        reader.EndArray();
        return reader.TryFinish(out DecodeError error) ? set : throw Damaged("validators", height, error);
    }

    /// <summary>Height and place in the block of a transaction, by its id.</summary>
    public (Height Height, int Index)? FindTransaction(Hash256 id)
    {
        byte[]? bytes = _reader.Get(Column.Index, IndexKey(IndexTransaction, id));
        if (bytes is null) return null;
        MessagePackReader reader = new(bytes);
        reader.Array(3);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        (Height Height, int Index) place = (new Height(reader.Int(1)), (int)reader.UInt32(int.MaxValue));
        reader.EndArray();
        return reader.TryFinish(out DecodeError error) ? place : throw Damaged("transaction index", place.Height, error);
    }

    /// <summary>Height of a block, by its header hash.</summary>
    public Height? FindBlock(Hash256 hash)
    {
        byte[]? bytes = _reader.Get(Column.Index, IndexKey(IndexBlock, hash));
        if (bytes is null) return null;
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        Height height = new(reader.Int(1));
        reader.EndArray();
        return reader.TryFinish(out DecodeError error) ? height : throw Damaged("block index", height, error);
    }

    /// <summary>
    /// Writes the sets of this height and the next one. A set equal to the one before it, priorities included, is a
    /// reference to the height that holds it, so that one validator costs a few bytes a block.
    /// </summary>
    private void PutValidators(WriteBatch batch, StoredBlock block)
    {
        Height height = block.Height;
        byte[] own = EncodeSet(block.Validators);
        byte[]? held = _reader.Get(Column.Blocks, Key(height, KindValidators));
        if (held is null) batch.Put(Column.Blocks, Key(height, KindValidators), own);
        byte[] next = EncodeSet(block.NextValidators);
        if (next.AsSpan().SequenceEqual(own))
        {
            Height origin = held is null ? height : ReferenceIn(held) ?? height;
            MessagePackWriter reference = new();
            next = reference.Array(3).UInt(CodecVersion).Int(origin.Value).Nil().ToArray();
        }
        batch.Put(Column.Blocks, Key(height.Next, KindValidators), next);
    }

    /// <summary>[version, nil, set].</summary>
    private static byte[] EncodeSet(ValidatorSet set)
    {
        MessagePackWriter writer = new();
        writer.Array(3).UInt(CodecVersion).Nil();
        return set.Write(ref writer).ToArray();
    }

    /// <summary>The height that a [version, height, nil] record points to, or null for a record that holds the set.</summary>
    private static Height? ReferenceIn(ReadOnlySpan<byte> record)
    {
        MessagePackReader reader = new(record);
        reader.Array(3);
        reader.UInt();
        return reader.NextIsNil ? null : new Height(reader.Int(1));
    }

    /// <summary>A success keeps its place in the index when a copy of the transaction fails later.</summary>
    private bool IsIndexedAsSuccess(Hash256 id) =>
        FindTransaction(id) is { } place
        && LoadResults(place.Height) is { } results
        && results.Transactions[place.Index].Code == 0;

    /// <summary>A transaction of a dropped block may have failed in a kept one before; the newest such place is the index's.</summary>
    private void PlaceAgain(Height height, SortedSet<Hash256> unplaced, WriteBatch batch)
    {
        long lived = (LoadMeta(height.Next)?.Header.Time.Seconds ?? 0) - Limits.ValidUntilSecondsMax;
        for (; unplaced.Count > 0 && LoadMeta(height) is { } meta; height = new Height(height.Value - 1))
        {
            if (meta.Header.Time.Seconds < lived) return;
            if (meta.TransactionCount == 0 || LoadBlock(height) is not { } block) continue;
            for (int i = block.Transactions.Count - 1; i >= 0; i--)
            {
                Hash256 id = Sha256.Hash(block.Transactions[i]);
                if (unplaced.Remove(id)) PutPlace(batch, id, height, i);
            }
        }
    }

    private static void PutPlace(WriteBatch batch, in Hash256 id, Height height, int index)
    {
        MessagePackWriter place = new();
        place.Array(3).UInt(CodecVersion).Int(height.Value).UInt((ulong)index);
        batch.Put(Column.Index, IndexKey(IndexTransaction, id), place.Written);
    }

    private Height Edge(bool descending)
    {
        using IKeyValueIterator walk = _reader.Iterate(Column.Blocks, default, default, descending);
        while (walk.MoveNext())
        {
            // The set of the next height stands alone beyond the newest block.
            if (walk.Key[^1] != KindMeta) continue;
            return new Height(BinaryPrimitives.ReadInt64BigEndian(walk.Key));
        }
        return new Height(0);
    }

    private static byte[] Key(Height height, byte kind)
    {
        byte[] key = new byte[BlockKeySize];
        BinaryPrimitives.WriteInt64BigEndian(key, height.Value);
        key[^1] = kind;
        return key;
    }

    internal static byte[] FirstKey(Height height) => Key(height, 0);

    internal static byte[] ValidatorsKey(Height height) => Key(height, KindValidators);

    /// <summary>The height whose record holds the validators of a height: itself, or an earlier one.</summary>
    internal static Height OriginOfValidators(IKeyValueReader reader, Height height) =>
        reader.Get(Column.Blocks, ValidatorsKey(height)) is { } record ? ReferenceIn(record) ?? height : height;

    internal static byte[] IndexKey(byte kind, in Hash256 hash) => [kind, .. hash.Span];

    private static InvalidDataException Damaged(string what, Height height, DecodeError error) =>
        new($"the stored {what} of height {height} does not decode: {error}");
}
