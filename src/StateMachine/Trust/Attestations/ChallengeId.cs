using System;
using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Trust.Attestations;

/// <summary>Names a challenge: who asked for it, about whom, to attest what.</summary>
public readonly record struct ChallengeId(Address Issuer, Address Subject, AttestationSchema Schema)
{
    /// <summary>As in keys and in the timed queue.</summary>
    public byte[] Bytes => [.. Issuer.Span, .. Subject.Span, (byte)Schema];

    /// <summary>Of bytes that <see cref="Bytes"/> made.</summary>
    public static ChallengeId From(ReadOnlySpan<byte> bytes) => new(
        Address.From(bytes[..Address.Size]),
        Address.From(bytes.Slice(Address.Size, Address.Size)),
        (AttestationSchema)bytes[^1]);
}
