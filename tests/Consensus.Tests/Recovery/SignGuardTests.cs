using System;
using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.Consensus.Tests.Recovery;

public sealed class SignGuardTests
{
    private const string ChainId = TestSet.ChainId;

    private static readonly Hash256 Genesis = Sha256.Hash([1]);
    private static readonly BlockId A = TestSet.Block('a');
    private static readonly BlockId B = TestSet.Block('b');
    private static readonly Signature Signed = TestSet.Equal(1).SignBytes(0, [7]);

    [Fact]
    public void Guard_lets_a_whole_height_through_in_order()
    {
        SignGuard guard = SignGuard.Arm(Genesis);
        SignRequest[] requests =
        [
            Proposal(1, 0, A), Vote(VoteType.Prevote, 1, 0, A), Vote(VoteType.Precommit, 1, 0, A),
            Vote(VoteType.Prevote, 1, 1, BlockId.Nil), Vote(VoteType.Precommit, 1, 1, BlockId.Nil),
            Proposal(2, 0, B), Vote(VoteType.Precommit, 2, 0, B),
        ];
        foreach (SignRequest request in requests)
        {
            Assert.Equal(SignVerdict.Sign, guard.Check(Genesis, ChainId, request, out SignCode code));
            Assert.Equal(SignCode.None, code);
            guard = guard.After(ChainId, request, Signed);
        }
        Assert.Equal((new Height(2), Round.Zero, VoteType.Precommit), (guard.Height, guard.Round, guard.Type));
    }

    [Fact]
    public void Guard_gives_the_stored_signature_to_a_request_that_differs_in_time_alone()
    {
        SignRequest request = Vote(VoteType.Precommit, 5, 2, A);
        SignGuard guard = After(request);
        Assert.Equal(SignVerdict.Reuse, guard.Check(Genesis, ChainId, request, out _));
        SignRequest later = request with { Timestamp = request.Timestamp.AddMs(12_345) };
        Assert.Equal(SignVerdict.Reuse, guard.Check(Genesis, ChainId, later, out _));
        Assert.Equal((request.Timestamp, Signed), (guard.Timestamp, guard.Signature));
        Assert.Equal(request.SignBytes(ChainId), guard.SignBytes.ToArray());
    }

    [Fact]
    public void Guard_refuses_anything_else_at_the_same_place()
    {
        SignGuard guard = After(Vote(VoteType.Precommit, 5, 2, A));
        AssertRefused(guard, SignCode.Conflict, Vote(VoteType.Precommit, 5, 2, B));
        AssertRefused(guard, SignCode.Conflict, Vote(VoteType.Precommit, 5, 2, BlockId.Nil));
        AssertRefused(guard, SignCode.Conflict, Vote(VoteType.Precommit, 5, 2, A), "other-1");
        SignGuard proposer = After(Proposal(5, 2, A));
        AssertRefused(proposer, SignCode.Conflict, Proposal(5, 2, B));
        AssertRefused(proposer, SignCode.Conflict, Proposal(5, 2, A) with { PolRound = new Round(1) });
    }

    [Fact]
    public void Guard_refuses_what_lies_before_even_if_it_is_the_same_block()
    {
        SignGuard guard = After(Vote(VoteType.Prevote, 5, 2, A));
        AssertRefused(guard, SignCode.Regression, Proposal(5, 2, A));
        AssertRefused(guard, SignCode.Regression, Vote(VoteType.Precommit, 5, 1, A));
        AssertRefused(guard, SignCode.Regression, Vote(VoteType.Precommit, 4, 9, A));
    }

    [Fact]
    public void Guard_of_another_chain_refuses_everything()
    {
        SignGuard guard = SignGuard.Arm(Genesis);
        SignVerdict verdict = guard.Check(Sha256.Hash([2]), ChainId, Vote(VoteType.Prevote, 1, 0, A), out SignCode code);
        Assert.Equal((SignVerdict.Refuse, SignCode.WrongChain), (verdict, code));
    }

    [Fact]
    public void Guard_refuses_to_forget_its_lock_without_a_newer_polka()
    {
        SignGuard guard = After(Vote(VoteType.Precommit, 5, 2, A));
        Assert.Equal((new Round(2), A), (guard.LockedRound, guard.LockedValue));
        AssertRefused(guard, SignCode.Amnesia, Vote(VoteType.Prevote, 5, 3, B));
        AssertRefused(guard, SignCode.Amnesia, Vote(VoteType.Prevote, 5, 4, B) with { PolRound = new Round(1) });
        AssertSigns(guard, Vote(VoteType.Prevote, 5, 4, B) with { PolRound = new Round(3) });
        AssertSigns(guard, Vote(VoteType.Prevote, 5, 3, A));
        AssertSigns(guard, Vote(VoteType.Prevote, 5, 3, BlockId.Nil));
        AssertSigns(guard, Vote(VoteType.Prevote, 6, 0, B));
        // The lock survives a nil precommit, moves with the next precommit for a block, and ends with the height.
        guard = guard.After(ChainId, Vote(VoteType.Precommit, 5, 3, BlockId.Nil), Signed);
        AssertRefused(guard, SignCode.Amnesia, Vote(VoteType.Prevote, 5, 4, B));
        guard = guard.After(ChainId, Vote(VoteType.Precommit, 5, 4, B), Signed);
        AssertSigns(guard, Vote(VoteType.Prevote, 5, 5, B));
        AssertRefused(guard, SignCode.Amnesia, Vote(VoteType.Prevote, 5, 5, A));
        guard = guard.After(ChainId, Vote(VoteType.Prevote, 6, 0, A), Signed);
        Assert.Equal((Round.None, BlockId.Nil), (guard.LockedRound, guard.LockedValue));
    }

    [Fact]
    public void Guard_refuses_requests_that_make_no_sense()
    {
        SignGuard guard = SignGuard.Arm(Genesis);
        AssertRefused(guard, SignCode.Malformed, Vote(VoteType.Prevote, 0, 0, A));
        AssertRefused(guard, SignCode.Malformed, Vote(VoteType.Prevote, 1, -1, A));
        AssertRefused(guard, SignCode.Malformed, Vote((VoteType)7, 1, 0, A));
        AssertRefused(guard, SignCode.Malformed, Proposal(1, 0, BlockId.Nil));
        AssertRefused(guard, SignCode.Malformed, Proposal(1, 1, A) with { PolRound = new Round(1) });
        Assert.Throws<InvariantException>(() => guard.After(ChainId, Proposal(1, 0, BlockId.Nil), Signed));
    }

    [Fact]
    public void Guard_comes_back_from_its_bytes_and_judges_as_before()
    {
        SignGuard[] guards =
        [
            SignGuard.Arm(Genesis), After(Proposal(1, 0, A)), After(Vote(VoteType.Prevote, 9, 4, BlockId.Nil)),
            After(Vote(VoteType.Precommit, long.MaxValue, int.MaxValue, A)),
            After(Vote(VoteType.Precommit, 5, 2, A)).After(ChainId, Vote(VoteType.Precommit, 5, 3, BlockId.Nil), Signed),
        ];
        foreach (SignGuard guard in guards)
        {
            byte[] bytes = guard.Encode();
            Assert.True(SignGuard.TryDecode(bytes, out SignGuard decoded, out DecodeError error), error.ToString());
            Assert.Equal(bytes, decoded.Encode());
            AssertNeverThrows(bytes);
        }
    }

    [Fact]
    public void Request_of_a_vote_is_never_older_than_what_it_builds_on()
    {
        UnsignedVote vote = new(
            VoteType.Prevote, new Height(1), Round.Zero, A, Round.None, TestSet.TimeOf('a').AddMs(1), default, 0);
        Assert.Equal(vote.EarliestTime, SignRequest.Of(vote, TestSet.Genesis).Timestamp);
        Assert.Equal(TestSet.TimeOf('c'), SignRequest.Of(vote, TestSet.TimeOf('c')).Timestamp);
    }

    private static void AssertNeverThrows(byte[] bytes)
    {
        for (int length = 0; length < bytes.Length; length++) Assert.False(SignGuard.TryDecode(bytes.AsSpan(0, length), out _, out _));
        for (int at = 0; at < bytes.Length; at++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] changed = [.. bytes];
                changed[at] = (byte)value;
                if (SignGuard.TryDecode(changed, out SignGuard decoded, out _)) Assert.Equal(changed, decoded.Encode());
            }
        }
    }

    private static SignGuard After(SignRequest request) => SignGuard.Arm(Genesis).After(ChainId, request, Signed);

    private static void AssertSigns(SignGuard guard, SignRequest request) =>
        Assert.Equal(SignVerdict.Sign, guard.Check(Genesis, ChainId, request, out _));

    private static void AssertRefused(SignGuard guard, SignCode expected, SignRequest request, string chainId = ChainId)
    {
        Assert.Equal(SignVerdict.Refuse, guard.Check(Genesis, chainId, request, out SignCode code));
        Assert.Equal(expected, code);
    }

    private static SignRequest Vote(VoteType type, long height, int round, BlockId id) =>
        new(type, new Height(height), new Round(round), id, Round.None, TestSet.Genesis);

    private static SignRequest Proposal(long height, int round, BlockId id) =>
        new(VoteType.Proposal, new Height(height), new Round(round), id, Round.None, TestSet.TimeOf('a'));
}
