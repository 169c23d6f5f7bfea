using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Trust.Attestations;

/// <summary>A statement of an accredited issuer about a subject, for a time.</summary>
/// <param name="Uid">Hash of the chain, the issuer and everything that the statement says.</param>
/// <param name="ValidFrom">When it counts: after the time for challenges, and not before it says so itself.</param>
/// <param name="Bond">ncredit of the issuer, returned when it expires or is revoked.</param>
public sealed record Attestation(
    Hash256 Uid,
    Address Issuer,
    AttestationClaim Claim,
    AttestationState State,
    MarketTime IssuedAt,
    MarketTime ValidFrom,
    ulong Bond)
{
    private const int CodecVersion = 4;
    private const int Arity = 10 + AttestationClaim.FieldCount;
    private const string UidDomain = "chain/attestation/1";

    /// <summary>The case that is open about it; 0 for none. Its bond stays until that ends.</summary>
    public ulong CaseId { get; init; }

    /// <summary>ncredit that the audit was paid with; the issuer's when the attestation expires, not before.</summary>
    public ulong Fee { get; init; }

    /// <summary>The beacon's round that says whether somebody looks again; 0 when none is waited for.</summary>
    public ulong DrawRound { get; init; }

    /// <summary>Everything that stands behind it.</summary>
    public ulong Held => checked(Bond + Fee);

    public MarketTime Due => State == AttestationState.Pending
        ? ValidFrom
        : CaseId == 0 ? Claim.Expires : new MarketTime(ulong.MaxValue);

    /// <summary>SHA-256 of <c>[domain, chain id, issuer, claim…]</c>.</summary>
    public static Hash256 UidOf(string chainId, in Address issuer, AttestationClaim claim)
    {
        MessagePackWriter writer = new();
        writer.Array(3 + AttestationClaim.FieldCount).Str(UidDomain).Str(chainId).Bin(issuer);
        claim.Write(ref writer);
        return Sha256.Hash(writer.Written);
    }

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(Arity).UInt(CodecVersion).Bin(Uid).Bin(Issuer);
        Claim.Write(ref writer);
        writer.UInt((ulong)State).UInt(IssuedAt.Seconds).UInt(ValidFrom.Seconds).UInt(Bond).UInt(CaseId).UInt(Fee).UInt(DrawRound);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Attestation attestation, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(Arity);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        attestation = new Attestation(
            reader.Hash256(),
            reader.Address(),
            AttestationClaim.Read(ref reader),
            (AttestationState)reader.UInt8((byte)AttestationState.Valid),
            new MarketTime(reader.UInt()),
            new MarketTime(reader.UInt()),
            reader.UInt())
        {
            CaseId = reader.UInt(),
            Fee = reader.UInt(),
            DrawRound = reader.UInt(),
        };
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
