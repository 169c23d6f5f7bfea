using System.Text;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using FsCheck;
using FsCheck.Fluent;

namespace Chain.Primitives.Tests.Blocks;

/// <summary>Block data for tests: fixed values of CometBFT's own tests, and generators over the whole range of each field.</summary>
internal static class Samples
{
    /// <summary>The block id of CometBFT's exampleVote.</summary>
    public static BlockId ExampleBlockId { get; } = new(
        Sum("blockID_hash"), new PartSetHeader(1_000_000, Sum("blockID_part_set_header_hash")));

    /// <summary>An Ed25519 signature of nothing in particular; its form is not checked by any codec.</summary>
    public static Gen<Signature> Signatures { get; } = Bytes(Signature.Size).Select(bytes => Signature.From(bytes));

    public static Gen<Hash256> Hashes { get; } = Bytes(Hash256.Size).Select(bytes => Hash256.From(bytes));

    public static Gen<Address> Addresses { get; } = Bytes(Address.Size).Select(bytes => Address.From(bytes));

    public static Gen<Timestamp> Times { get; } =
        from seconds in Gen.OneOf(
            Gen.Elements(Timestamp.GoZero.Seconds, -1L, 0L, 253_402_300_799L),
            Gen.Choose(int.MinValue, int.MaxValue).Select(value => (long)value))
        from nanos in Gen.OneOf(Gen.Elements(0, 1, 999_999_999), Gen.Choose(0, 999_999_999))
        select new Timestamp(seconds, nanos);

    public static Gen<BlockId> BlockIds { get; } = Gen.OneOf(
        Gen.Constant(BlockId.Nil),
        from hash in Hashes
        from total in Gen.Choose(1, int.MaxValue)
        from parts in Hashes
        select new BlockId(hash, new PartSetHeader((uint)total, parts)));

    public static Gen<Height> Heights { get; } =
        Gen.OneOf(Gen.Elements(1L, long.MaxValue), Gen.Choose(1, int.MaxValue).Select(value => (long)value))
            .Select(value => new Height(value));

    public static Gen<Round> Rounds { get; } = Gen.OneOf(Gen.Elements(0, 1, int.MaxValue), Gen.Choose(0, 1000))
        .Select(value => new Round(value));

    public static Gen<CommitSig> CommitSigs { get; } = Gen.OneOf(
        Gen.Constant(CommitSig.Absent),
        from flag in Gen.Elements(BlockIdFlag.Commit, BlockIdFlag.Nil)
        from address in Addresses
        from time in Times
        from signature in Signatures
        select new CommitSig(flag, address, time, signature));

    public static Gen<Commit> Commits { get; } =
        from height in Heights
        from round in Rounds
        from id in BlockIds
        from signatures in CommitSigs.ArrayOf()
        select new Commit(height, round, id, signatures);

    public static Gen<Vote> Votes { get; } =
        from type in Gen.Elements(VoteType.Prevote, VoteType.Precommit)
        from height in Heights
        from round in Rounds
        from id in BlockIds
        from time in Times
        from address in Addresses
        from index in Gen.Choose(0, Limits.ValidatorsMax - 1)
        from signature in Signatures
        select new Vote(type, height, round, id, time, address, index, signature);

    public static Gen<Proposal> Proposals { get; } =
        from height in Heights
        from round in Rounds
        from pol in Gen.OneOf(Gen.Constant(Round.None), Rounds)
        from id in BlockIds
        from time in Times
        from signature in Signatures
        select new Proposal(height, round, pol, id, time, signature);

    public static Gen<DuplicateVoteEvidence> Evidence { get; } =
        from first in Votes
        from second in Votes
        from total in Gen.Choose(1, int.MaxValue)
        from power in Gen.Choose(1, int.MaxValue)
        from time in Times
        select new DuplicateVoteEvidence(first, second, total, power, time);

    public static Gen<Header> Headers { get; } =
        from app in Gen.Choose(0, int.MaxValue)
        from height in Heights
        from time in Times
        from id in BlockIds
        from hashes in Hashes.ArrayOf(8)
        from proposer in Addresses
        select new Header
        {
            VersionApp = (ulong)app,
            ChainId = "sample-1",
            Height = height,
            Time = time,
            LastBlockId = id,
            LastCommitHash = hashes[0],
            DataHash = hashes[1],
            ValidatorsHash = hashes[2],
            NextValidatorsHash = hashes[3],
            ConsensusHash = hashes[4],
            AppHash = hashes[5],
            LastResultsHash = hashes[6],
            EvidenceHash = hashes[7],
            ProposerAddress = proposer,
        };

    public static Gen<Block> Blocks { get; } =
        from header in Headers
        from transactions in ArbMap.Default.GeneratorFor<byte[]>().ArrayOf()
        from evidence in Evidence.ArrayOf().Resize(3)
        from commit in Commits
        select new Block(header, transactions, evidence, commit);

    public static Hash256 Sum(string text) => Sha256.Hash(Encoding.UTF8.GetBytes(text));

    /// <summary>crypto.AddressHash of CometBFT: the first 20 bytes of SHA-256.</summary>
    public static Address AddressOf(string text) => Address.From(Sum(text).Span[..Address.Size]);

    private static Gen<byte[]> Bytes(int length) => ArbMap.Default.GeneratorFor<byte>().ArrayOf(length);
}
