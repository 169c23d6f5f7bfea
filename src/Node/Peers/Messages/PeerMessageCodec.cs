using System;
using System.Collections.Generic;
using Chain.Consensus.Core;
using Chain.Consensus.Light;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Snapshots;

namespace Chain.Node.Peers.Messages;

/// <summary>The bytes of <see cref="PeerMessage"/>.</summary>
internal static class PeerMessageCodec
{
    private const int Version = 1;

    private enum Kind : byte
    {
        VoteCast = 1,
        Proposed = 2,
        Standing = 3,
        Transactions = 4,
        OutlineWanted = 5,
        OutlineOf = 6,
        BodiesWanted = 7,
        Bodies = 8,
        BlocksWanted = 9,
        Decided = 10,
        SnapshotsWanted = 11,
        SnapshotOffered = 12,
        ChunkWanted = 13,
        ChunkOf = 14,
        LightBlockWanted = 15,
        LightBlockOf = 16,
        ResultsWanted = 17,
        ResultsOf = 18,
        TransactionsKnown = 19,
        TransactionsWanted = 20,
    }

    public static byte[] Encode(PeerMessage message)
    {
        MessagePackWriter writer = new();
        switch (message)
        {
            case PeerMessage.VoteCast cast:
                cast.Vote.Write(ref Open(ref writer, Kind.VoteCast));
                break;
            case PeerMessage.Proposed proposed:
                proposed.Proposal.Write(ref Open(ref writer, Kind.Proposed));
                proposed.Outline.Write(ref writer);
                break;
            case PeerMessage.Standing standing:
                WriteStanding(ref Open(ref writer, Kind.Standing), standing);
                break;
            case PeerMessage.Transactions transactions:
                Open(ref writer, Kind.Transactions).Array(transactions.Items.Count);
                foreach (byte[] item in transactions.Items) writer.Bin(item);
                break;
            case PeerMessage.TransactionsKnown known:
                WriteIds(ref Open(ref writer, Kind.TransactionsKnown), known.Ids);
                break;
            case PeerMessage.TransactionsWanted wanted:
                WriteIds(ref Open(ref writer, Kind.TransactionsWanted), wanted.Ids);
                break;
            case PeerMessage.OutlineWanted wanted:
                wanted.BlockId.Write(ref Open(ref writer, Kind.OutlineWanted).Int(wanted.Height.Value));
                break;
            case PeerMessage.OutlineOf outline:
                outline.BlockId.Write(ref Open(ref writer, Kind.OutlineOf));
                outline.Outline.Write(ref writer);
                break;
            case PeerMessage.BodiesWanted wanted:
                wanted.BlockId.Write(ref Open(ref writer, Kind.BodiesWanted).Int(wanted.Height.Value)).Array(wanted.Places.Count);
                foreach (int place in wanted.Places) writer.UInt((ulong)place);
                break;
            case PeerMessage.Bodies bodies:
                bodies.BlockId.Write(ref Open(ref writer, Kind.Bodies)).Array(bodies.Items.Count);
                foreach ((int place, byte[] body) in bodies.Items) writer.Array(2).UInt((ulong)place).Bin(body);
                break;
            case PeerMessage.BlocksWanted wanted:
                Open(ref writer, Kind.BlocksWanted).Int(wanted.From.Value).UInt((ulong)wanted.Count);
                break;
            case PeerMessage.Decided decided:
                decided.Commit.Write(ref Open(ref writer, Kind.Decided).Bin(decided.EncodedBlock.Span));
                break;
            case PeerMessage.SnapshotsWanted wanted:
                Open(ref writer, Kind.SnapshotsWanted).Int(wanted.From.Value);
                break;
            case PeerMessage.SnapshotOffered offered:
                Open(ref writer, Kind.SnapshotOffered).Bin(offered.Manifest.Encode());
                break;
            case PeerMessage.ChunkWanted wanted:
                Open(ref writer, Kind.ChunkWanted).Int(wanted.Height.Value).UInt((ulong)wanted.Index);
                break;
            case PeerMessage.ChunkOf chunk:
                Open(ref writer, Kind.ChunkOf).Int(chunk.Height.Value).UInt((ulong)chunk.Index).Bin(chunk.EncodedChunk.Span);
                break;
            case PeerMessage.LightBlockWanted wanted:
                Open(ref writer, Kind.LightBlockWanted).Int(wanted.Height.Value);
                break;
            case PeerMessage.LightBlockOf { Block: { } block }:
                block.Header.Write(ref Open(ref writer, Kind.LightBlockOf));
                block.Commit.Write(ref writer);
                block.Validators.Write(ref writer);
                break;
            case PeerMessage.ResultsWanted wanted:
                Open(ref writer, Kind.ResultsWanted).Int(wanted.Height.Value);
                break;
            case PeerMessage.ResultsOf results:
                Open(ref writer, Kind.ResultsOf).Int(results.Height.Value).Bin(results.EncodedResults.Span);
                break;
            default:
                throw new InvariantException("a message of no known kind");
        }
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out PeerMessage message, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        int count = reader.ArrayHeader(int.MaxValue);
        if (reader.UInt() != Version) reader.Fail(DecodeCode.Unknown);
        Kind kind = (Kind)reader.UInt8();
        if (reader.IsOk && FieldsOf(kind) == 0) reader.Fail(DecodeCode.Unknown);
        if (reader.IsOk && count != 2 + FieldsOf(kind)) reader.Fail(DecodeCode.WrongArity);
        message = Read(kind, ref reader);
        reader.EndArray();
        return reader.TryFinish(out error);
    }

    private static PeerMessage Read(Kind kind, ref MessagePackReader reader) => kind switch
    {
        Kind.Proposed => new PeerMessage.Proposed(Proposal.Read(ref reader), BlockOutline.Read(ref reader)),
        Kind.Standing => ReadStanding(ref reader),
        Kind.Transactions => new PeerMessage.Transactions(ReadTransactions(ref reader)),
        Kind.TransactionsKnown => new PeerMessage.TransactionsKnown(ReadIds(ref reader)),
        Kind.TransactionsWanted => new PeerMessage.TransactionsWanted(ReadIds(ref reader)),
        Kind.OutlineWanted => new PeerMessage.OutlineWanted(HeightIn(ref reader), BlockId.Read(ref reader)),
        Kind.OutlineOf => new PeerMessage.OutlineOf(BlockId.Read(ref reader), BlockOutline.Read(ref reader)),
        Kind.BodiesWanted => new PeerMessage.BodiesWanted(
            HeightIn(ref reader), BlockId.Read(ref reader), ReadPlaces(ref reader)),
        Kind.Bodies => new PeerMessage.Bodies(BlockId.Read(ref reader), ReadBodies(ref reader)),
        Kind.BlocksWanted => new PeerMessage.BlocksWanted(
            HeightIn(ref reader), (int)reader.UInt32(PeerLimits.BlocksPerRequestMax)),
        Kind.Decided => new PeerMessage.Decided(reader.Bin(Limits.BlockBytesMax).ToArray(), Commit.Read(ref reader)),
        Kind.SnapshotsWanted => new PeerMessage.SnapshotsWanted(HeightIn(ref reader)),
        Kind.SnapshotOffered => ReadManifest(ref reader),
        Kind.ChunkWanted => new PeerMessage.ChunkWanted(HeightIn(ref reader), ChunkIn(ref reader)),
        Kind.ChunkOf => new PeerMessage.ChunkOf(
            HeightIn(ref reader), ChunkIn(ref reader), reader.Bin(SnapshotLimits.ChunkBytesMax).ToArray()),
        Kind.LightBlockWanted => new PeerMessage.LightBlockWanted(HeightIn(ref reader)),
        Kind.LightBlockOf => ReadLightBlock(ref reader),
        Kind.ResultsWanted => new PeerMessage.ResultsWanted(HeightIn(ref reader)),
        Kind.ResultsOf => new PeerMessage.ResultsOf(HeightIn(ref reader), reader.Bin(Limits.BlockBytesMax).ToArray()),
        _ => new PeerMessage.VoteCast(Vote.Read(ref reader)),
    };

    private static void WriteStanding(ref MessagePackWriter writer, PeerMessage.Standing standing)
    {
        writer.Int(standing.Height.Value).Int(standing.FirstBlock.Value);
        writer.UInt((ulong)standing.Round.Value).UInt((ulong)standing.Step).Array(standing.Rounds.Count);
        foreach (RoundSummary round in standing.Rounds) round.Write(ref writer);
    }

    private static PeerMessage.Standing ReadStanding(ref MessagePackReader reader)
    {
        Height height = HeightIn(ref reader);
        Height first = new(reader.Int(min: 0));
        Round round = new((int)reader.UInt32(int.MaxValue));
        Step step = (Step)reader.UInt8((byte)Step.Decided);
        int count = reader.ArrayHeader(PeerLimits.SummaryRoundsMax);
        List<RoundSummary> rounds = [];
        for (int i = 0; i < count && reader.IsOk; i++) rounds.Add(RoundSummary.Read(ref reader));
        reader.EndArray();
        return new PeerMessage.Standing(height, first, round, step, rounds);
    }

    private static List<byte[]> ReadTransactions(ref MessagePackReader reader)
    {
        int count = reader.ArrayHeader(PeerLimits.OutlineTransactionsMax);
        List<byte[]> items = [];
        for (int i = 0; i < count && reader.IsOk; i++) items.Add(reader.Bin(Limits.TransactionBytesMax).ToArray());
        reader.EndArray();
        return items;
    }

    private static void WriteIds(ref MessagePackWriter writer, IReadOnlyList<Hash256> ids)
    {
        writer.Array(ids.Count);
        foreach (Hash256 id in ids) writer.Bin(id);
    }

    private static List<Hash256> ReadIds(ref MessagePackReader reader)
    {
        int count = reader.ArrayHeader(PeerLimits.IdsPerMessageMax);
        List<Hash256> ids = [];
        for (int i = 0; i < count && reader.IsOk; i++) ids.Add(reader.Hash256());
        reader.EndArray();
        return ids;
    }

    private static List<int> ReadPlaces(ref MessagePackReader reader)
    {
        int count = reader.ArrayHeader(PeerLimits.PlacesPerRequestMax);
        List<int> places = [];
        for (int i = 0; i < count && reader.IsOk; i++) places.Add((int)reader.UInt32(PeerLimits.OutlineTransactionsMax));
        reader.EndArray();
        return places;
    }

    private static List<KeyValuePair<int, byte[]>> ReadBodies(ref MessagePackReader reader)
    {
        int count = reader.ArrayHeader(PeerLimits.OutlineTransactionsMax);
        List<KeyValuePair<int, byte[]>> items = [];
        for (int i = 0; i < count && reader.IsOk; i++)
        {
            reader.Array(2);
            int place = (int)reader.UInt32(PeerLimits.OutlineTransactionsMax);
            items.Add(new KeyValuePair<int, byte[]>(place, reader.Bin(Limits.TransactionBytesMax).ToArray()));
            reader.EndArray();
        }
        reader.EndArray();
        return items;
    }

    private static PeerMessage.SnapshotOffered ReadManifest(ref MessagePackReader reader)
    {
        ReadOnlySpan<byte> bytes = reader.Bin(SnapshotLimits.ManifestBytesMax);
        bool isManifest = SnapshotManifest.TryDecode(bytes, out SnapshotManifest manifest, out DecodeError error);
        if (reader.IsOk && !isManifest) reader.Fail(error.Code);
        return new PeerMessage.SnapshotOffered(manifest);
    }

    private static PeerMessage.LightBlockOf ReadLightBlock(ref MessagePackReader reader)
    {
        Header header = Header.Read(ref reader);
        Commit commit = Commit.Read(ref reader);
        ValidatorSet? validators = ValidatorSet.Read(ref reader);
        return new PeerMessage.LightBlockOf(new LightBlock(header, commit, validators!));
    }

    private static int ChunkIn(ref MessagePackReader reader) => (int)reader.UInt32(SnapshotLimits.ChunksMax - 1);

    private static Height HeightIn(ref MessagePackReader reader) => new(reader.Int(min: 1));

    private static ref MessagePackWriter Open(ref MessagePackWriter writer, Kind kind) =>
        ref writer.Array(2 + FieldsOf(kind)).UInt(Version).UInt((ulong)kind);

    private static int FieldsOf(Kind kind) => kind switch
    {
        Kind.VoteCast or Kind.Transactions or Kind.SnapshotsWanted or Kind.SnapshotOffered or Kind.LightBlockWanted
            or Kind.ResultsWanted or Kind.TransactionsKnown or Kind.TransactionsWanted => 1,
        Kind.Proposed or Kind.OutlineWanted or Kind.OutlineOf or Kind.Bodies or Kind.BlocksWanted or Kind.Decided
            or Kind.ChunkWanted or Kind.ResultsOf => 2,
        Kind.BodiesWanted or Kind.ChunkOf or Kind.LightBlockOf => 3,
        Kind.Standing => 5,
        _ => 0,
    };
}
