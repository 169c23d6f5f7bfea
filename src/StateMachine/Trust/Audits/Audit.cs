using System;
using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market;
using Chain.StateMachine.Store;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.StateMachine.Trust.Audits;

/// <summary>An attestation that is paid for and awaited.</summary>
/// <param name="Id">Who is to attest what about whom.</param>
/// <param name="IsDrawn">The beacon chose the issuer to look again, and the reliability pool pays; else the subject does.</param>
/// <param name="Fee">ncredit that wait here for the attestation.</param>
/// <param name="Due">The first second that is too late for it.</param>
public sealed record Audit(ChallengeId Id, bool IsDrawn, ulong Fee, MarketTime Due)
{
    private const int CodecVersion = 1;

    /// <summary>As it was last written, or null. Messages use <see cref="AuditClock.Load"/>.</summary>
    public static Audit? Read(IStateReader state, ChallengeId id)
    {
        byte[]? bytes = state.Get(StoreId.Market, Key(id));
        return bytes is null ? null : Decode(bytes);
    }

    public void Store(StateOverlay state)
    {
        state.Put(StoreId.Market, Key(Id), Encode());
        TimedQueue.Schedule(state, Due, TimedKind.Audit, Id.Bytes);
    }

    /// <summary>The record goes; the fee is the caller's.</summary>
    public void Delete(StateOverlay state)
    {
        state.Delete(StoreId.Market, Key(Id));
        TimedQueue.Cancel(state, Due, TimedKind.Audit, Id.Bytes);
    }

    public byte[] Encode() => new MessagePackWriter().Array(7).UInt(CodecVersion).Bin(Id.Issuer).Bin(Id.Subject)
        .UInt((ulong)Id.Schema).Bool(IsDrawn).UInt(Fee).UInt(Due.Seconds).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Audit audit, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(7);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        ChallengeId id = new(reader.Address(), reader.Address(), (AttestationSchema)reader.UInt8());
        audit = new Audit(id, reader.Bool(), reader.UInt(), new MarketTime(reader.UInt()));
        reader.EndArray();
        return reader.TryFinish(out error);
    }

    internal static Int128 Held(ReadOnlyMemory<byte> value) => Decode(value.Span).Fee;

    private static Audit Decode(ReadOnlySpan<byte> bytes)
    {
        bool isCanonical = TryDecode(bytes, out Audit audit, out _);
        Invariant.Holds(isCanonical, "a stored audit is canonical");
        return audit;
    }

    private static byte[] Key(ChallengeId id) => Schema.Key(MarketSchema.Audit, id.Bytes);
}
