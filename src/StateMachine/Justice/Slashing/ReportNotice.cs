using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Justice.Slashing;

/// <summary>A report that was announced and has not come yet. It goes, and its deposit back, with the report or when it is too old for one.</summary>
/// <param name="At">When it was announced.</param>
/// <param name="Due">The first second that is too late for the report.</param>
/// <param name="StorageDeposit">ncredit.</param>
public sealed record ReportNotice(Address Reporter, Hash256 Commit, MarketTime At, MarketTime Due, ulong StorageDeposit)
{
    private const int CodecVersion = 2;

    /// <summary>The notice at the block's time; null when there is none (any more).</summary>
    public static ReportNotice? Load(ExecutionContext context, in Address reporter, in Hash256 commit)
    {
        byte[]? bytes = context.State.Get(StoreId.Market, [.. Schema.Key(JusticeSchema.Report), .. IdOf(reporter, commit)]);
        if (bytes is null) return null;
        ReportNotice notice = Decode(bytes);
        if (notice.Due > context.Now) return notice;
        notice.End(context, "lapsed");
        return null;
    }

    public void Store(StateOverlay state)
    {
        byte[] id = IdOf(Reporter, Commit);
        state.Put(StoreId.Market, [.. Schema.Key(JusticeSchema.Report), .. id], Encode());
        TimedQueue.Schedule(state, Due, TimedKind.ReportNotice, id);
    }

    /// <summary>The record goes, and its deposit back to the reporter.</summary>
    internal void End(ExecutionContext context, string state)
    {
        byte[] id = IdOf(Reporter, Commit);
        context.State.Delete(StoreId.Market, [.. Schema.Key(JusticeSchema.Report), .. id]);
        TimedQueue.Cancel(context.State, Due, TimedKind.ReportNotice, id);
        Payments.Pay(context, Reporter, StorageDeposit);
        Emit(context, "ReportNoticeEnded", "committed", state);
    }

    internal void Emit(ExecutionContext context, string happened, string from, string to) => context.Emit(new Event(happened,
    [
        new("reporter", Reporter),
        new("commit", Commit),
        new("from", from),
        new("to", to),
        new("until", Due.Seconds),
        new("storage_deposit", StorageDeposit),
    ]));

    internal static void Move(ExecutionContext context, byte[] id) =>
        Load(context, Address.From(id.AsSpan(0, Address.Size)), Hash256.From(id.AsSpan(Address.Size)));

    public byte[] Encode() => new MessagePackWriter().Array(6).UInt(CodecVersion).Bin(Reporter).Bin(Commit).UInt(At.Seconds)
        .UInt(Due.Seconds).UInt(StorageDeposit).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out ReportNotice notice, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(6);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        notice = new ReportNotice(
            reader.Address(), reader.Hash256(), new MarketTime(reader.UInt()), new MarketTime(reader.UInt()), reader.UInt());
        reader.EndArray();
        return reader.TryFinish(out error);
    }

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Decode(value.Span).StorageDeposit;

    private static ReportNotice Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = TryDecode(bytes, out ReportNotice notice, out _);
        Invariant.Holds(isCanonical, "a stored report notice is canonical");
        return notice;
    }

    private static byte[] IdOf(in Address reporter, in Hash256 commit) => [.. reporter.Span, .. commit.Span];
}
