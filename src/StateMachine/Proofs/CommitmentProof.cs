using System;
using System.Diagnostics.CodeAnalysis;

namespace Chain.StateMachine.Proofs;

/// <summary>An ICS-23 proof of existence or of absence. Batches and compressed proofs, which ICS-23 drops, are refused.</summary>
public sealed class CommitmentProof
{
    private CommitmentProof(ExistenceProof? exist, NonExistenceProof? nonExist)
    {
        Exist = exist;
        NonExist = nonExist;
    }

    /// <summary>Not null exactly when <see cref="NonExist"/> is null.</summary>
    public ExistenceProof? Exist { get; }

    public NonExistenceProof? NonExist { get; }

    public static CommitmentProof Of(ExistenceProof exist) => new(exist, null);

    public static CommitmentProof Of(NonExistenceProof nonExist) => new(null, nonExist);

    /// <summary>The protobuf form (<c>cosmos.ics23.v1.CommitmentProof</c>).</summary>
    public byte[] Encode() => ProofCodec.Encode(this);

    /// <summary>
    /// Reads the protobuf form. False for anything that is too long, unknown, doubled, of a wrong type, or no proof at all.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out CommitmentProof? proof) =>
        ProofCodec.TryDecode(bytes, out proof);
}
