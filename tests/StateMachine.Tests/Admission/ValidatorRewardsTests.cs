using System;
using System.Linq;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.StateMachine.Tests.Admission;

public sealed class ValidatorRewardsTests
{
    private static ulong Epoch => Parameters.Devnet.EpochSeconds;

    [Fact]
    public void Pool_goes_by_power_to_those_who_signed_and_the_last_share_is_the_remainder()
    {
        AdmissionWorld world = new(3, (ParameterId.PowerPerSeat, 0), (ParameterId.SeatPowerMax, 1_000_000));
        ulong[] before = Balances(world);
        ulong pool = FillPool(world);
        world.BlockSignedBy("validator", "validator-1");
        world.BlockSignedBy("validator");
        world.Pass(Epoch);
        Assert.Equal(0UL, Pools.Load(world.State).ValidatorRewards);
        ulong[] after = Balances(world);
        // validator-2 signed nothing. The shares of equal powers differ by the odd ncredit at most.
        Assert.Equal(before[2], after[2]);
        ulong[] paid = [after[0] - before[0], after[1] - before[1]];
        Assert.Equal(pool, paid[0] + paid[1]);
        Assert.Equal(pool / 2, Math.Min(paid[0], paid[1]));
        Assert.Null(ValidatorRewards.Load(world.State));
    }

    [Fact]
    public void Shares_follow_the_power()
    {
        AdmissionWorld world = new(2, (ParameterId.PowerPerSeat, 0));
        world.Must("provider", new Stake(Role.Provider, StakeAction.Bond, 500 * TestGenesis.Credit));
        ulong pool = FillPool(world);
        world.BlockSignedBy("validator", "validator-1");
        ulong[] before = Balances(world);
        world.Pass(Epoch);
        ulong[] after = Balances(world);
        ulong[] paid = [after[0] - before[0], after[1] - before[1]];
        Assert.Equal(pool, paid[0] + paid[1]);
        // 1500 against 1000: the share that is not the last is rounded down.
        Assert.InRange(paid[0], pool * 3 / 5, (pool * 3 / 5) + 1);
    }

    [Fact]
    public void Nothing_is_written_while_the_pool_is_empty_and_nothing_paid_while_nobody_signed()
    {
        AdmissionWorld world = new();
        world.BlockSignedBy("validator");
        Assert.Null(ValidatorRewards.Load(world.State));
        ulong pool = FillPool(world);
        world.Pass(3 * Epoch);
        Assert.Equal(pool, Pools.Load(world.State).ValidatorRewards);
        world.BlockSignedBy("validator");
        Assert.Equal([TestKeys.AddressOf("validator")], ValidatorRewards.Load(world.State)!.Signers);
        BlockOutcome again = world.BlockSignedBy("validator");
        Assert.DoesNotContain(again.Changes, change => change.Key.Bytes[0] == Schema.RewardEpoch && change.Key.Store == StoreId.Market);
        world.Pass(Epoch);
        Assert.Equal(0UL, Pools.Load(world.State).ValidatorRewards);
        Assert.Contains(world.Last.BlockEvents, told => told.Type == "RewardPaid");
    }

    [Fact]
    public void Rotated_key_still_earns_and_who_left_does_not()
    {
        AdmissionWorld world = new(validators: 2);
        FillPool(world);
        world.BlockSignedBy("validator", "validator-1");
        ulong[] before = Balances(world);
        world.Must("provider", world.Rotate("provider", "validator", "fresh"));
        world.Must("provider-1", RequestSeat.Leave);
        ulong[] fees = [before[0] - Balances(world)[0], before[1] - Balances(world)[1]];
        ulong pool = Pools.Load(world.State).ValidatorRewards;
        world.Pass(2 * Epoch);
        Assert.Equal(0UL, Pools.Load(world.State).ValidatorRewards);
        ulong[] after = Balances(world);
        Assert.Equal(before[0] - fees[0] + pool, after[0]);
        Assert.Equal(before[1] - fees[1], after[1]);
    }

    private static ulong FillPool(AdmissionWorld world)
    {
        // Begin a fresh epoch, so that filling and signing fall into one.
        while (world.Now.Seconds % Epoch != 0) world.Block();
        world.Must("alice", new Transfer(TestKeys.AddressOf("bob"), 1, default));
        ulong pool = Pools.Load(world.State).ValidatorRewards;
        Assert.NotEqual(0UL, pool);
        return pool;
    }

    private static ulong[] Balances(AdmissionWorld world) =>
        [.. new[] { "provider", "provider-1", "provider-2" }.Select(world.Chain.Balance)];
}
