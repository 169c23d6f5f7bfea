using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Trust.Attestations;

/// <summary>A challenge of the beacon that an attestation must answer with its nonce.</summary>
/// <param name="DrawRound">Of the beacon; 0 once it is drawn.</param>
/// <param name="Nonce">Zero before it is drawn.</param>
/// <param name="Due">When it goes.</param>
public sealed record AttestationChallenge(ulong DrawRound, Hash256 Nonce, MarketTime Due)
{
    private const int CodecVersion = 1;

    /// <summary>As it was last written, or null. Messages use <see cref="ChallengeClock.Load"/>.</summary>
    public static AttestationChallenge? Read(IStateReader state, ChallengeId id)
    {
        byte[]? bytes = state.Get(StoreId.Market, Key(id));
        if (bytes is null) return null;
        bool isCanonical = TryDecode(bytes, out AttestationChallenge challenge, out _);
        Invariant.Holds(isCanonical, "a stored challenge is canonical");
        return challenge;
    }

    /// <summary>Writes it and keeps the queue in step; <paramref name="before"/> is null for a new one.</summary>
    public void Store(StateOverlay state, ChallengeId id, AttestationChallenge? before)
    {
        state.Put(StoreId.Market, Key(id), Encode());
        if (before?.Due == Due) return;
        if (before is not null) TimedQueue.Cancel(state, before.Due, TimedKind.AttestationChallenge, id.Bytes);
        TimedQueue.Schedule(state, Due, TimedKind.AttestationChallenge, id.Bytes);
    }

    public void Delete(StateOverlay state, ChallengeId id)
    {
        state.Delete(StoreId.Market, Key(id));
        TimedQueue.Cancel(state, Due, TimedKind.AttestationChallenge, id.Bytes);
    }

    public byte[] Encode() =>
        new MessagePackWriter().Array(4).UInt(CodecVersion).UInt(DrawRound).Bin(Nonce).UInt(Due.Seconds).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out AttestationChallenge challenge, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(4);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        challenge = new AttestationChallenge(reader.UInt(), reader.Hash256(), new MarketTime(reader.UInt()));
        reader.EndArray();
        return reader.TryFinish(out error);
    }

    private static byte[] Key(ChallengeId id) => Schema.Key(Proof.ProofSchema.AttestationChallenge, id.Bytes);
}
