using System;
using Chain.Consensus.Core;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;

namespace Chain.Consensus.Recovery;

/// <summary>The bytes of <see cref="WalRecord"/>; framing, checksums and fsync are the file's business.</summary>
internal static class WalCodec
{
    private const int Version = 1;

    private enum Kind : byte
    {
        HeightStarted = 1,
        WorkSeen = 2,
        ProposalSeen = 3,
        VoteSeen = 4,
        ValueJudged = 5,
        BlockStored = 6,
        TimeoutFired = 7,
        Decided = 8,
    }

    public static byte[] Encode(WalRecord record)
    {
        MessagePackWriter writer = new();
        switch (record)
        {
            case WalRecord.HeightStarted started:
                Open(ref writer, Kind.HeightStarted).Int(started.Height.Value).Int(started.EmptyBlockWaitMs);
                break;
            case WalRecord.WorkSeen seen:
                Open(ref writer, Kind.WorkSeen).Int(seen.Height.Value);
                break;
            case WalRecord.ProposalSeen seen:
                seen.Proposal.Write(ref Open(ref writer, Kind.ProposalSeen)).Int(seen.ReceivedMs);
                break;
            case WalRecord.VoteSeen seen:
                seen.Vote.Write(ref Open(ref writer, Kind.VoteSeen));
                break;
            case WalRecord.ValueJudged judged:
                Open(ref writer, Kind.ValueJudged).Int(judged.Height.Value);
                judged.BlockId.Write(ref writer).Bool(judged.IsValid);
                judged.Time.Write(ref writer);
                break;
            case WalRecord.BlockStored stored:
                Open(ref writer, Kind.BlockStored).Int(stored.Height.Value);
                stored.BlockId.Write(ref writer).Bin(stored.EncodedBlock.Span);
                break;
            case WalRecord.TimeoutFired fired:
                Open(ref writer, Kind.TimeoutFired).Int(fired.Timeout.Height.Value);
                writer.UInt((ulong)fired.Timeout.Round.Value).UInt((ulong)fired.Timeout.Kind);
                break;
            case WalRecord.Decided decided:
                decided.Commit.Write(ref Open(ref writer, Kind.Decided));
                break;
            default:
                throw new InvariantException("a record of no known kind");
        }
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out WalRecord record, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        int count = reader.ArrayHeader(int.MaxValue);
        if (reader.UInt() != Version) reader.Fail(DecodeCode.Unknown);
        Kind kind = (Kind)reader.UInt8();
        if (reader.IsOk && FieldsOf(kind) == 0) reader.Fail(DecodeCode.Unknown);
        if (reader.IsOk && count != 2 + FieldsOf(kind)) reader.Fail(DecodeCode.WrongArity);
        record = Read(kind, ref reader);
        reader.EndArray();
        return reader.TryFinish(out error);
    }

    private static WalRecord Read(Kind kind, ref MessagePackReader reader) => kind switch
    {
        Kind.WorkSeen => new WalRecord.WorkSeen(Height(ref reader)),
        Kind.ProposalSeen => new WalRecord.ProposalSeen(Proposal.Read(ref reader), reader.Int()),
        Kind.VoteSeen => new WalRecord.VoteSeen(Vote.Read(ref reader)),
        Kind.ValueJudged => new WalRecord.ValueJudged(
            Height(ref reader), BlockId.Read(ref reader), reader.Bool(), Timestamp.Read(ref reader)),
        Kind.BlockStored => new WalRecord.BlockStored(
            Height(ref reader), BlockId.Read(ref reader), reader.Bin(Limits.BlockBytesMax).ToArray()),
        Kind.TimeoutFired => new WalRecord.TimeoutFired(new Timeout(
            Height(ref reader), new Round((int)reader.UInt32(int.MaxValue)), (TimeoutKind)reader.UInt8((byte)TimeoutKind.Precommit))),
        Kind.Decided => new WalRecord.Decided(Commit.Read(ref reader)),
        _ => new WalRecord.HeightStarted(Height(ref reader), reader.Int(min: 0)),
    };

    private static Height Height(ref MessagePackReader reader) => new(reader.Int(min: 1));

    private static ref MessagePackWriter Open(ref MessagePackWriter writer, Kind kind) =>
        ref writer.Array(2 + FieldsOf(kind)).UInt(Version).UInt((ulong)kind);

    private static int FieldsOf(Kind kind) => kind switch
    {
        Kind.WorkSeen or Kind.VoteSeen or Kind.Decided => 1,
        Kind.HeightStarted or Kind.ProposalSeen => 2,
        Kind.BlockStored or Kind.TimeoutFired => 3,
        Kind.ValueJudged => 4,
        _ => 0,
    };
}
