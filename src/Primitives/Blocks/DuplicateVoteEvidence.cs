using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.Primitives.Blocks;

/// <summary>Two votes of one validator for one height, round and type that name different blocks.</summary>
/// <param name="VoteA">The vote whose block id is the smaller one (<see cref="BlockId.CompareTo"/>).</param>
/// <param name="Timestamp">Time of the block at the votes' height.</param>
public sealed record DuplicateVoteEvidence(
    Vote VoteA, Vote VoteB, long TotalVotingPower, long ValidatorPower, Timestamp Timestamp)
{
    /// <summary>Names the evidence: SHA-256 of its protobuf bytes.</summary>
    public Hash256 Hash() => Sha256.Hash(ToProto());

    /// <summary>The unwrapped message, a leaf of evidence_hash.</summary>
    public byte[] ToProto() => new ProtoWriter()
        .Message(1, VoteA.ToProto())
        .Message(2, VoteB.ToProto())
        .Varint(3, TotalVotingPower)
        .Varint(4, ValidatorPower)
        .Message(5, Timestamp.ToProto())
        .ToArray();

    public ref MessagePackWriter Write(ref MessagePackWriter writer)
    {
        writer.Array(5);
        VoteA.Write(ref writer);
        VoteB.Write(ref writer);
        writer.Int(TotalVotingPower).Int(ValidatorPower);
        return ref Timestamp.Write(ref writer);
    }

    public static DuplicateVoteEvidence Read(ref MessagePackReader reader)
    {
        reader.Array(5);
        DuplicateVoteEvidence evidence = new(
            Vote.Read(ref reader),
            Vote.Read(ref reader),
            reader.Int(0, Limits.TotalVotingPowerMax),
            reader.Int(0, Limits.TotalVotingPowerMax),
            Timestamp.Read(ref reader));
        reader.EndArray();
        return evidence;
    }
}
