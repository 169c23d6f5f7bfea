using System;
using Chain.Node.Core;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Node.Tests.Core;

/// <summary>
/// Two votes prove a fault only if one validator signed both for one height, round and step. Each condition is broken alone, with
/// signatures that are good: an honest validator signs for many rounds, and must not be punished for two of them.
/// </summary>
public sealed class EvidenceVerifierTests
{
    private const string ChainId = "test-1";
    private static readonly Timestamp BlockTime = new(1_800_000_000, 7);
    private static readonly PrivateKey Key = PrivateKey.FromSeed(Sha256.Hash([1]).Span);
    private static readonly PrivateKey OtherKey = PrivateKey.FromSeed(Sha256.Hash([2]).Span);
    private static readonly ValidatorSet Signers = SetOf(new(Key.PublicKey, 10), new(OtherKey.PublicKey, 20));
    private static readonly int Place = Signers.IndexOf(Key.PublicKey.Address);

    private static readonly Vote First = Sign(VoteFor(1));
    private static readonly Vote Second = Sign(VoteFor(2));
    private static readonly DuplicateVoteEvidence Good = EvidenceOf(First, Second);

    [Fact]
    public void Two_blocks_signed_at_one_place_are_evidence() => Assert.True(IsValid(Good));

    public static TheoryData<string> Faults { get; } =
    [
        "other height", "other round", "other type", "other address of A", "other address of B", "other index of A", "other index of B",
        "index of another in both", "same block", "wrong order", "power", "total power", "time", "signature of A", "signature of B",
        "signed by another", "stranger", "other chain",
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Evidence_that_does_not_hold_is_refused(string fault)
    {
        Address other = OtherKey.PublicKey.Address;
        DuplicateVoteEvidence bad = fault switch
        {
            "other height" => EvidenceOf(First, Sign(Second with { Height = Second.Height.Next })),
            "other round" => EvidenceOf(First, Sign(Second with { Round = Second.Round.Next })),
            "other type" => EvidenceOf(First, Sign(Second with { Type = VoteType.Prevote })),
            "other address of A" => EvidenceOf(First with { ValidatorAddress = other }, Second),
            "other address of B" => EvidenceOf(First, Second with { ValidatorAddress = other }),
            "other index of A" => EvidenceOf(First with { ValidatorIndex = 1 - Place }, Second),
            "other index of B" => EvidenceOf(First, Second with { ValidatorIndex = 1 - Place }),
            "index of another in both" => EvidenceOf(First with { ValidatorIndex = 1 - Place }, Second with { ValidatorIndex = 1 - Place }),
            "same block" => EvidenceOf(First, First),
            "wrong order" => Good with { VoteA = Good.VoteB, VoteB = Good.VoteA },
            "power" => Good with { ValidatorPower = 11 },
            "total power" => Good with { TotalVotingPower = 31 },
            "time" => Good with { Timestamp = BlockTime.AddMs(1) },
            "signature of A" => Good with { VoteA = Good.VoteA with { Signature = Good.VoteB.Signature } },
            "signature of B" => Good with { VoteB = Good.VoteB with { Signature = Good.VoteA.Signature } },
            "signed by another" => EvidenceOf(First, Sign(Second, OtherKey)),
            "stranger" => StrangersEvidence(),
            "other chain" => EvidenceOf(First, Second with { Signature = Key.Sign(Second.SignBytes("test-2")) }),
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
        Assert.False(IsValid(bad));
    }

    private static bool IsValid(DuplicateVoteEvidence evidence) => EvidenceVerifier.IsValid(ChainId, Signers, BlockTime, evidence);

    private static ValidatorSet SetOf(params ValidatorUpdate[] members)
    {
        Assert.True(ValidatorSet.TryCreate(members, out ValidatorSet set, out string error), error);
        return set;
    }

    private static DuplicateVoteEvidence StrangersEvidence()
    {
        using PrivateKey stranger = PrivateKey.FromSeed(Sha256.Hash([3]).Span);
        Address address = stranger.PublicKey.Address;
        return EvidenceOf(
            Sign(First with { ValidatorAddress = address }, stranger), Sign(Second with { ValidatorAddress = address }, stranger));
    }

    /// <summary>In the order that evidence demands: by block id.</summary>
    private static DuplicateVoteEvidence EvidenceOf(Vote a, Vote b) => a.BlockId < b.BlockId
        ? new DuplicateVoteEvidence(a, b, 30, 10, BlockTime)
        : new DuplicateVoteEvidence(b, a, 30, 10, BlockTime);

    private static Vote VoteFor(byte block) => new(
        VoteType.Precommit,
        new Height(5),
        Round.Zero,
        new BlockId(Sha256.Hash([block]), new PartSetHeader(1, Sha256.Hash([block, 1]))),
        new Timestamp(1_800_000_001, 5),
        Key.PublicKey.Address,
        Place,
        default);

    private static Vote Sign(Vote vote, PrivateKey? key = null) => vote with { Signature = (key ?? Key).Sign(vote.SignBytes(ChainId)) };
}
