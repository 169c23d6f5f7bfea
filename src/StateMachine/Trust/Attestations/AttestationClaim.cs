using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Trust.Attestations;

/// <summary>What an issuer states.</summary>
/// <param name="Schema">May be one that these rules do not know; then it is refused, not misread.</param>
/// <param name="Reference">Hash of the object that it is about; zero when it is about the subject itself.</param>
/// <param name="DataHash">SHA-256 of the data, which stays off the chain.</param>
/// <param name="Nonce">32 bytes that this issuer has never used: those of its open challenge where the schema needs one.</param>
public sealed record AttestationClaim(
    AttestationSchema Schema,
    Address Subject,
    Hash256 Reference,
    Hash256 DataHash,
    Hash256 Nonce,
    MarketTime NotBefore,
    MarketTime Expires)
{
    /// <summary>What the issuer found the subject to be worth, 1 to <see cref="Tiers.Max"/>; 0 states none.</summary>
    public byte Tier { get; init; }

    /// <summary>Values that <see cref="Write"/> writes.</summary>
    public const int FieldCount = 8;

    public void Write(ref MessagePackWriter writer) => writer
        .UInt((ulong)Schema).Bin(Subject).Bin(Reference).Bin(DataHash).Bin(Nonce).UInt(NotBefore.Seconds).UInt(Expires.Seconds)
        .UInt(Tier);

    public static AttestationClaim Read(ref MessagePackReader reader) => new(
        (AttestationSchema)reader.UInt8(),
        reader.Address(),
        reader.Hash256(),
        reader.Hash256(),
        reader.Hash256(),
        new MarketTime(reader.UInt()),
        new MarketTime(reader.UInt()))
    {
        Tier = reader.UInt8(Tiers.Max),
    };
}
