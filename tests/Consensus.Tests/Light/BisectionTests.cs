using System.Collections.Generic;
using System.Linq;
using Chain.Consensus.Light;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Tests.Light;

public sealed class BisectionTests
{
    private static readonly Timestamp Now = LightChain.Start.AddMs(LightChain.HourMs);
    private static readonly ValidatorSet Old = LightChain.SetOf(1, 2, 3, 4);
    private static readonly ValidatorSet New = LightChain.SetOf(11, 12, 13, 14);

    [Fact]
    public void Same_validators_need_one_block()
    {
        LightBlock[] chain = LightChain.Chain(Enumerable.Repeat(Old, 40).ToArray());
        Bisection bisection = Start(chain);
        Assert.Equal([40L], Run(bisection, chain));
        Assert.Equal(BisectionState.Verified, bisection.State);
        Assert.Equal([1L, 40L], bisection.Trace.Select(block => block.Height.Value));
    }

    [Fact]
    public void Replaced_validators_are_found_by_halving()
    {
        // Heights 1 to 5 by the old, 6 to 16 by the new: only the step from 5 to 6 leads over.
        LightBlock[] chain = LightChain.Chain([.. Enumerable.Repeat(Old, 5), .. Enumerable.Repeat(New, 11)]);
        Bisection bisection = Start(chain);
        Assert.Equal([16L, 8L, 4L, 6L, 5L], Run(bisection, chain));
        Assert.Equal(BisectionState.Verified, bisection.State);
        Assert.Equal([1L, 4L, 5L, 6L, 16L], bisection.Trace.Select(block => block.Height.Value));
    }

    [Fact]
    public void Every_set_replaced_at_every_height_is_followed_one_by_one()
    {
        LightBlock[] chain = LightChain.Chain(Enumerable.Range(0, 9).Select(i => LightChain.SetOf(i + 1, i + 21)).ToArray());
        Bisection bisection = Start(chain);
        Run(bisection, chain);
        Assert.Equal(BisectionState.Verified, bisection.State);
        Assert.Equal(Enumerable.Range(1, 9).Select(i => (long)i), bisection.Trace.Select(block => block.Height.Value));
    }

    [Fact]
    public void Trust_level_one_verifies_every_height()
    {
        LightBlock[] chain = LightChain.Chain(Enumerable.Repeat(Old, 5).ToArray());
        Bisection bisection = new(chain[0], new Height(5), Now, LightChain.Options with { TrustLevel = new TrustLevel(1, 1) });
        Run(bisection, chain);
        Assert.Equal(5, bisection.Trace.Count);
    }

    [Fact]
    public void Forged_block_on_the_way_fails_with_its_height_and_reason()
    {
        LightBlock[] chain = LightChain.Chain([.. Enumerable.Repeat(Old, 5), .. Enumerable.Repeat(New, 11)]);
        // Height 6 by the new set while 5 announces the old: the liar replaces 5's announcement, and so breaks its hash.
        chain[4] = chain[4] with { Header = chain[4].Header with { NextValidatorsHash = Old.Hash() } };
        Bisection bisection = Start(chain);
        Run(bisection, chain);
        Assert.Equal((BisectionState.Failed, LightCode.CommitOfOther), (bisection.State, bisection.Verdict.Code));
        Assert.Equal(new Height(5), bisection.FailedAt);
        Assert.Equal([1L, 4L], bisection.Trace.Select(block => block.Height.Value));
    }

    [Fact]
    public void Block_of_another_height_than_wanted_fails()
    {
        LightBlock[] chain = LightChain.Chain(Old, Old, Old);
        Bisection bisection = Start(chain);
        bisection.Supply(chain[1]);
        Assert.Equal((BisectionState.Failed, LightCode.WrongHeight), (bisection.State, bisection.Verdict.Code));
    }

    [Fact]
    public void Trust_that_expired_fails_at_once()
    {
        LightBlock[] chain = LightChain.Chain(Old, Old, Old);
        Bisection bisection = new(chain[0], new Height(3), LightChain.Start.AddMs(3 * LightChain.HourMs), LightChain.Options);
        Run(bisection, chain);
        Assert.Equal(LightCode.TrustExpired, bisection.Verdict.Code);
    }

    [Fact]
    public void Witness_with_the_same_header_agrees_after_one_block()
    {
        LightBlock[] chain = LightChain.Chain(Enumerable.Repeat(Old, 9).ToArray());
        WitnessCheck check = new([chain[0], chain[8]], Now, LightChain.Options);
        Assert.Equal([9L], Run(check, chain));
        Assert.Equal((BisectionState.Verified, null), (check.State, check.Conflict));
    }

    [Fact]
    public void Witness_that_proves_another_header_gives_both_with_the_last_common_height()
    {
        LightBlock[] one = LightChain.Chain(Enumerable.Repeat(Old, 9).ToArray());
        LightBlock[] other = [.. one[..5], .. LightChain.Chain("fork", Enumerable.Repeat(Old, 9).ToArray())[5..]];
        WitnessCheck check = new([one[0], one[3], one[6], one[8]], Now, LightChain.Options);
        Assert.Equal([9L, 1L, 4L, 7L], Run(check, other));
        HeaderConflict conflict = check.Conflict!;
        Assert.Equal((one[6], other[6], new Height(4)), (conflict.Primary, conflict.Witness, conflict.CommonHeight));
        Assert.Equal(ConflictKind.Lunatic, conflict.Kind);
    }

    [Theory]
    [InlineData(1, ConflictKind.Equivocation)]
    [InlineData(2, ConflictKind.Amnesia)]
    public void Conflict_in_data_alone_is_equivocation_in_one_round_and_amnesia_in_two(int round, ConflictKind expected)
    {
        LightBlock[] chain = LightChain.Chain(Old, Old, Old);
        Header changed = chain[2].Header with { DataHash = LightChain.Hash("other data") };
        LightBlock[] other = [chain[0], chain[1], LightChain.Signed(changed, Old, [1, 2, 3, 4], round)];
        WitnessCheck check = new([chain[0], chain[2]], Now, LightChain.Options);
        Run(check, other);
        Assert.Equal(expected, check.Conflict!.Kind);
    }

    [Fact]
    public void Witness_that_cannot_prove_its_header_is_only_a_bad_witness()
    {
        LightBlock[] chain = LightChain.Chain(Old, Old, Old);
        Header changed = chain[2].Header with { DataHash = LightChain.Hash("other data") };
        LightBlock[] other = [chain[0], chain[1], LightChain.Signed(changed, Old, [1])];
        WitnessCheck check = new([chain[0], chain[2]], Now, LightChain.Options);
        Run(check, other);
        Assert.Null(check.Conflict);
        Assert.Equal(BisectionState.Failed, check.State);
        Assert.Equal(new LightVerdict(LightCode.InvalidCommit, CommitVerdict.NotEnoughPower), check.Verdict);
    }

    [Fact]
    public void Witness_of_another_trusted_block_is_only_a_bad_witness()
    {
        LightBlock[] one = LightChain.Chain(Old, Old, Old);
        LightBlock[] other = LightChain.Chain(New, New, New);
        WitnessCheck check = new([one[0], one[2]], Now, LightChain.Options);
        Assert.Equal([3L, 1L], Run(check, other));
        Assert.Equal((BisectionState.Failed, LightCode.WrongChain), (check.State, check.Verdict.Code));
        Assert.Null(check.Conflict);
    }

    private static Bisection Start(LightBlock[] chain) => new(chain[0], chain[^1].Height, Now, LightChain.Options);

    private static List<long> Run(Bisection bisection, LightBlock[] chain)
    {
        List<long> asked = [];
        while (bisection.State == BisectionState.NeedsBlock)
        {
            asked.Add(bisection.Wanted.Value);
            bisection.Supply(chain[bisection.Wanted.Value - 1]);
        }
        return asked;
    }

    private static List<long> Run(WitnessCheck check, LightBlock[] chain)
    {
        List<long> asked = [];
        while (check.State == BisectionState.NeedsBlock)
        {
            asked.Add(check.Wanted.Value);
            check.Supply(chain[check.Wanted.Value - 1]);
        }
        return asked;
    }
}
