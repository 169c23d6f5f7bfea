using System;
using System.Numerics;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.Tests.Shared;
using FsCheck.Fluent;

namespace Chain.StateMachine.Tests.Execution;

public sealed class FeeMarketTests
{
    private static readonly Parameters Rules = Parameters.Default;

    [Fact]
    public void Quiet_chain_charges_the_floor()
    {
        FeeState fees = FeeMarket.At(new FeeState(10, 0, new MarketTime(1000)), new MarketTime(5000), Rules);
        Assert.Equal(10UL, fees.BaseFee);
        Assert.Equal(0UL, fees.Excess);
    }

    [Fact]
    public void Fee_of_a_long_excess_is_the_integer_exponential()
    {
        // Five responses of excess, less one second's target: floor × e^(5 − 5/300).
        FeeState fees = FeeMarket.At(
            new FeeState(1480, Rules.BaseFeeResponse * 5, new MarketTime(1000)), new MarketTime(1001), Rules);
        Assert.Equal(1459UL, fees.BaseFee);
    }

    [Fact]
    public void Within_one_second_the_fee_stands_still_and_work_adds_up()
    {
        FeeState fees = new(10, 0, new MarketTime(1000));
        for (int i = 0; i < 3; i++)
        {
            fees = FeeMarket.Add(FeeMarket.At(fees, new MarketTime(1000), Rules), 40_000_000_000, Rules);
            Assert.Equal(10UL, fees.BaseFee);
        }
        Assert.Equal(Rules.BaseFeeResponse * 30, fees.Excess);
        Assert.Equal(11UL, FeeMarket.At(fees, new MarketTime(1001), Rules).BaseFee);
    }

    [Fact]
    public void Fee_moves_at_most_by_an_eighth_up_and_a_ninth_down_a_second()
    {
        PropertyCheck.Holds(
            from fee in Gen.Choose(10, int.MaxValue)
            from excess in Gen.Choose(0, 30_000)
            from seconds in Gen.Choose(0, 5)
            select (Fee: (ulong)fee, Excess: (ulong)excess * 300_000, Seconds: (ulong)seconds),
            sample =>
            {
                FeeState next = FeeMarket.At(
                    new FeeState(sample.Fee, sample.Excess, new MarketTime(1000)), new MarketTime(1000 + sample.Seconds), Rules);
                BigInteger highest = sample.Fee;
                BigInteger lowest = sample.Fee;
                for (ulong i = 0; i < sample.Seconds; i++)
                {
                    highest += BigInteger.Max(1, highest / 8);
                    lowest -= BigInteger.Max(1, lowest / 9);
                }
                return next.BaseFee <= highest && next.BaseFee >= BigInteger.Max(10, lowest);
            });
    }

    [Fact]
    public void Fee_never_throws_within_the_parameters_bounds()
    {
        Parameters extreme = Rules
            .With(ParameterId.BaseFeeFloor, ParameterTable.Of(ParameterId.BaseFeeFloor).Max)
            .With(ParameterId.BaseFeeResponse, ParameterTable.Of(ParameterId.BaseFeeResponse).Max);
        FeeState fees = FeeMarket.At(new FeeState(1, ulong.MaxValue, new MarketTime(0)), new MarketTime(1_000_000), extreme);
        Assert.True(fees.BaseFee > 1_000_000);
        Assert.True(fees.Excess < 30 * extreme.BaseFeeResponse + 1);
        Assert.Null(FeeMarket.FeeOf(ulong.MaxValue, 2, 0));
        Assert.Equal(2_000UL, FeeMarket.FeeOf(100, 19, 100));
    }

    [Fact]
    public void Load_above_the_target_raises_the_fee_of_a_chain_and_quiet_lowers_it()
    {
        TestChain chain = new(TestGenesis.Document() with
        {
            Parameters = Parameters.Devnet
                .With(ParameterId.WorkTargetPerSecond, 1000).With(ParameterId.BaseFeeResponse, 10_000),
        });
        Transfers(chain, 20);
        ulong busy = FeeState.Load(chain.State).BaseFee;
        Assert.True(busy > 50, $"the base fee is {busy}");
        chain.Pass(600);
        Transfers(chain, 1);
        Assert.Equal(10UL, FeeState.Load(chain.State).BaseFee);
        Assert.Equal(0, chain.HeldInAll());
    }

    private static void Transfers(TestChain chain, int blocks)
    {
        for (int block = 0; block < blocks; block++)
        {
            BlockOutcome outcome = chain.Run(1000, Array.ConvertAll(
                TestGenesis.People,
                name => chain.Sign(name, [new Chain.StateMachine.Transactions.Transfer.Transfer(default, 1, default)])));
            Assert.All(outcome.Results, result => Assert.Equal(ResultCode.Ok, result.Code));
        }
    }
}
