using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using Chain.Consensus.Core;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Store;

namespace Chain.Node.Storage.Blocks;

/// <summary>
/// Double votes that no block has carried yet, in <see cref="Column.Local"/> under <c>evidence.</c>, height (8 bytes,
/// big-endian) and validator. Bytes that do not decode are a damaged store and throw <see cref="InvalidDataException"/>.
/// </summary>
public sealed class EvidenceStore(IKeyValueStore store)
{
    private const int CodecVersion = 1;

    private static readonly byte[] Prefix = "evidence."u8.ToArray();

    /// <summary>The first key after all of ours: the prefix with its last byte raised.</summary>
    private static readonly byte[] End = "evidence/"u8.ToArray();

    /// <summary>Survives power loss once this returns.</summary>
    public void Save(ConflictingVotes votes)
    {
        MessagePackWriter writer = new();
        writer.Array(5).UInt(CodecVersion);
        votes.VoteA.Write(ref writer);
        votes.VoteB.Write(ref writer);
        writer.Int(votes.TotalPower).Int(votes.ValidatorPower);
        WriteBatch batch = new();
        batch.Put(Column.Local, KeyOf(votes), writer.Written);
        store.Write(batch, sync: true);
    }

    /// <summary>Not synced: what comes back after a power loss is found settled again.</summary>
    public void Delete(ConflictingVotes votes)
    {
        WriteBatch batch = new();
        batch.Delete(Column.Local, KeyOf(votes));
        store.Write(batch, sync: false);
    }

    public IReadOnlyList<ConflictingVotes> LoadAll()
    {
        List<ConflictingVotes> all = [];
        using IKeyValueIterator walk = store.Iterate(Column.Local, Prefix, End);
        while (walk.MoveNext()) all.Add(Decode(walk.Value));
        return all;
    }

    private static ConflictingVotes Decode(ReadOnlySpan<byte> bytes)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(5);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        ConflictingVotes votes = new(
            Vote.Read(ref reader),
            Vote.Read(ref reader),
            reader.Int(0, Limits.TotalVotingPowerMax),
            reader.Int(0, Limits.TotalVotingPowerMax));
        reader.EndArray();
        return reader.TryFinish(out DecodeError error)
            ? votes
            : throw new InvalidDataException($"stored evidence does not decode: {error}");
    }

    private static byte[] KeyOf(ConflictingVotes votes)
    {
        byte[] key = new byte[Prefix.Length + sizeof(long) + Address.Size];
        Prefix.CopyTo(key, 0);
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(Prefix.Length), votes.VoteA.Height.Value);
        votes.VoteA.ValidatorAddress.Span.CopyTo(key.AsSpan(Prefix.Length + sizeof(long)));
        return key;
    }
}
