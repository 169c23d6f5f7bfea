using Chain.Consensus.Light;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Tests.Light;

/// <summary>Every named case of CometBFT's <c>light/verifier_test.go</c>, and what it leaves out.</summary>
public sealed class HeaderVerifierTests
{
    private static readonly Timestamp OneHour = LightChain.Start.AddMs(LightChain.HourMs);
    private static readonly Timestamp Now = LightChain.Start.AddMs(2 * LightChain.HourMs);
    private static readonly int[] All = [2, 3, 4, 5];

    /// <summary>20, 30, 40, 50: the first three do not have two thirds, the last three do.</summary>
    private static readonly ValidatorSet Set = LightChain.SetOf(All);

    private static readonly Header Trusted = LightChain.HeaderOf(1, LightChain.Start, Set);

    [Fact]
    public void Adjacent_same_header_is_not_the_next_one() =>
        Assert.Equal(LightCode.WrongHeight, Adjacent(LightChain.Signed(Trusted, Set, All)).Code);

    [Fact]
    public void Adjacent_different_chain_id_is_refused() =>
        Assert.Equal(LightCode.WrongChain, Adjacent(Next(LightChain.HeaderOf(2, OneHour, Set, chainId: "other-1"))).Code);

    [Fact]
    public void Adjacent_time_before_the_trusted_headers_is_refused()
    {
        Assert.Equal(LightCode.WrongTime, Adjacent(Next(LightChain.HeaderOf(2, LightChain.Start.AddMs(-LightChain.HourMs), Set))).Code);
        Assert.Equal(LightCode.WrongTime, Adjacent(Next(LightChain.HeaderOf(2, LightChain.Start, Set))).Code);
    }

    [Fact]
    public void Adjacent_time_from_the_future_is_refused()
    {
        Timestamp late = LightChain.Start.AddMs(3 * LightChain.HourMs);
        LightOptions longer = LightChain.Options with { TrustingPeriodMs = 9 * LightChain.HourMs };
        Assert.Equal(LightCode.FromFuture, Adjacent(Next(LightChain.HeaderOf(2, late, Set)), longer).Code);
        Timestamp edge = Now.AddMs(LightChain.Options.ClockDriftMs);
        Assert.Equal(LightCode.FromFuture, Adjacent(Next(LightChain.HeaderOf(2, edge, Set))).Code);
    }

    [Fact]
    public void Adjacent_time_from_the_future_within_the_drift_is_trusted()
    {
        Timestamp edge = Now.AddMs(LightChain.Options.ClockDriftMs - 1);
        Assert.Equal(LightCode.Valid, Adjacent(Next(LightChain.HeaderOf(2, edge, Set))).Code);
    }

    [Theory]
    [InlineData(new[] { 2, 3, 4, 5 }, CommitVerdict.Valid)]
    [InlineData(new[] { 3, 4, 5 }, CommitVerdict.Valid)]
    [InlineData(new[] { 5 }, CommitVerdict.NotEnoughPower)]
    [InlineData(new[] { 2, 3, 4 }, CommitVerdict.NotEnoughPower)]
    public void Adjacent_needs_two_thirds_of_its_own_validators(int[] signers, CommitVerdict expected)
    {
        LightVerdict verdict = Adjacent(LightChain.Signed(LightChain.HeaderOf(2, OneHour, Set), Set, signers));
        LightCode code = expected == CommitVerdict.Valid ? LightCode.Valid : LightCode.InvalidCommit;
        Assert.Equal(new LightVerdict(code, expected), verdict);
    }

    [Fact]
    public void Adjacent_validators_that_the_trusted_header_did_not_announce_are_refused()
    {
        ValidatorSet other = LightChain.PoweredSetOf((2, 10), (3, 11), (4, 12), (5, 13));
        LightBlock block = LightChain.Signed(LightChain.HeaderOf(2, OneHour, other, Set), other, All);
        Assert.Equal(LightCode.WrongNextValidators, Adjacent(block).Code);
    }

    [Fact]
    public void Adjacent_validators_supplied_that_are_not_the_headers_are_refused()
    {
        ValidatorSet other = LightChain.PoweredSetOf((2, 10), (3, 11), (4, 12), (5, 13));
        Assert.Equal(LightCode.WrongValidators, Adjacent(Next(LightChain.HeaderOf(2, OneHour, Set)) with { Validators = other }).Code);
    }

    [Fact]
    public void Adjacent_trusted_header_that_has_expired_proves_nothing()
    {
        LightOptions oneHour = LightChain.Options with { TrustingPeriodMs = LightChain.HourMs };
        LightBlock block = Next(LightChain.HeaderOf(2, OneHour, Set));
        Assert.Equal(LightCode.TrustExpired, HeaderVerifier.VerifyAdjacent(Trusted, block, OneHour, oneHour).Code);
        Assert.Equal(LightCode.Valid, HeaderVerifier.VerifyAdjacent(Trusted, block, OneHour.AddMs(-1), oneHour).Code);
    }

    [Theory]
    [InlineData(3, new[] { 2, 3, 4, 5 }, new[] { 2, 3, 4, 5 })]
    [InlineData(4, new[] { 2, 3, 4, 5 }, new[] { 3, 4, 5 })]
    [InlineData(5, new[] { 3, 4, 5 }, new[] { 3, 4, 5 })]
    [InlineData(5, new[] { 5 }, new[] { 5 })]
    public void NonAdjacent_with_a_third_of_the_old_and_two_thirds_of_the_new_set_is_trusted(long height, int[] members, int[] signers)
    {
        ValidatorSet set = LightChain.SetOf(members);
        LightBlock block = LightChain.Signed(LightChain.HeaderOf(height, OneHour, set), set, signers);
        Assert.Equal(LightCode.Valid, Skipping(block).Code);
    }

    [Fact]
    public void NonAdjacent_with_a_third_of_the_new_set_is_refused()
    {
        LightBlock block = LightChain.Signed(LightChain.HeaderOf(5, OneHour, Set), Set, [5]);
        Assert.Equal(new LightVerdict(LightCode.InvalidCommit, CommitVerdict.NotEnoughPower), Skipping(block));
    }

    [Fact]
    public void NonAdjacent_with_less_than_a_third_of_the_old_set_lacks_trust()
    {
        ValidatorSet set = LightChain.SetOf(2);
        LightBlock block = LightChain.Signed(LightChain.HeaderOf(5, OneHour, set), set, [2]);
        Assert.Equal(LightCode.NotEnoughTrust, Skipping(block).Code);
    }

    [Fact]
    public void NonAdjacent_check_refuses_an_adjacent_header_and_one_that_is_not_higher()
    {
        Assert.Equal(LightCode.WrongHeight, Skipping(Next(LightChain.HeaderOf(2, OneHour, Set))).Code);
        Assert.Equal(LightCode.WrongHeight, Skipping(LightChain.Signed(LightChain.HeaderOf(1, OneHour, Set), Set, All)).Code);
    }

    [Fact]
    public void Verify_with_a_trust_level_out_of_bounds_is_refused()
    {
        LightOptions options = LightChain.Options with { TrustLevel = new TrustLevel(2, 1) };
        LightBlock same = LightChain.Signed(Trusted, Set, All);
        Assert.Equal(LightCode.BadOptions, HeaderVerifier.Verify(Trusted, Set, same, Now, options).Code);
        Assert.Equal(LightCode.BadOptions, Adjacent(Next(LightChain.HeaderOf(2, OneHour, Set)), options).Code);
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1, 3, true)]
    [InlineData(2, 3, true)]
    [InlineData(3, 3, true)]
    [InlineData(4, 5, true)]
    [InlineData(6, 5, false)]
    [InlineData(0, 1, false)]
    [InlineData(0, 0, false)]
    [InlineData(1, 0, false)]
    [InlineData(-1, -3, false)]
    [InlineData(int.MaxValue, int.MaxValue, true)]
    public void TrustLevel_lies_between_a_third_and_one(int numerator, int denominator, bool isValid) =>
        Assert.Equal(isValid, new TrustLevel(numerator, denominator).IsValid);

    [Theory]
    [InlineData(0, 1000, false)]
    [InlineData(1, -1, false)]
    [InlineData(long.MaxValue, 0, false)]
    [InlineData(1, 0, true)]
    public void Options_have_bounds(long periodMs, long driftMs, bool isValid) =>
        Assert.Equal(isValid, new LightOptions(periodMs, driftMs, TrustLevel.OneThird).IsValid);

    [Fact]
    public void Commit_of_another_block_or_height_is_refused()
    {
        LightBlock block = Next(LightChain.HeaderOf(2, OneHour, Set));
        Assert.Equal(LightCode.CommitOfOther, Adjacent(block with { Header = block.Header with { AppHash = default } }).Code);
        Assert.Equal(LightCode.CommitOfOther, Adjacent(block with { Commit = block.Commit with { Height = new Height(3) } }).Code);
        Assert.Equal(LightCode.InvalidCommit, Adjacent(block with { Commit = block.Commit with { Round = new Round(2) } }).Code);
    }

    [Fact]
    public void Header_of_another_block_protocol_is_malformed()
    {
        Header header = LightChain.HeaderOf(2, OneHour, Set) with { VersionBlock = 12 };
        Assert.Equal(LightCode.Malformed, Adjacent(Next(header)).Code);
    }

    [Fact]
    public void Backwards_follows_the_hash_of_the_block_before()
    {
        LightBlock[] chain = LightChain.Chain(Set, Set, Set);
        Assert.Equal(LightCode.Valid, Back(chain[2], chain[1].Header));
        Assert.Equal(LightCode.WrongHeight, Back(chain[2], chain[0].Header));
        Assert.Equal(LightCode.NotParent, Back(chain[2], chain[1].Header with { AppHash = default }));
        Assert.Equal(LightCode.WrongTime, Back(chain[2], chain[1].Header with { Time = chain[2].Header.Time }));
        Assert.Equal(LightCode.WrongChain, Back(chain[2], chain[1].Header with { ChainId = "other-1" }));
        Assert.Equal(LightCode.Malformed, Back(chain[2], chain[1].Header with { VersionBlock = 1 }));
    }

    private static LightCode Back(LightBlock trusted, Header untrusted) =>
        HeaderVerifier.VerifyBackwards(trusted.Header, untrusted).Code;

    private static LightVerdict Adjacent(LightBlock block, LightOptions? options = null) =>
        HeaderVerifier.VerifyAdjacent(Trusted, block, Now, options ?? LightChain.Options);

    private static LightVerdict Skipping(LightBlock block) =>
        HeaderVerifier.VerifySkipping(Trusted, Set, block, Now, LightChain.Options);

    private static LightBlock Next(Header header) => LightChain.Signed(header, Set, All);
}
