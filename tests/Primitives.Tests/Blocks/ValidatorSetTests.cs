using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.Tests.Shared;
using FsCheck.Fluent;

namespace Chain.Primitives.Tests.Blocks;

/// <summary>
/// Sequences and verdicts are facts of CometBFT's types/validator_set_test.go. Its validators are named; here a name is a
/// key whose address has the same place in the order of addresses. Arithmetic not taken from there is done in comments.
/// </summary>
public sealed class ValidatorSetTests
{
    private const long Max = Limits.TotalVotingPowerMax;

    private static readonly PublicKey[] Keys = KeysByAddress(12);

    [Fact]
    public void Proposers_of_powers_1000_300_330_follow_the_reference_sequence()
    {
        string[] names = ["bar", "baz", "foo"];
        const string Expected =
            "foo baz foo bar foo foo baz foo bar foo foo baz foo foo bar foo baz foo foo bar "
            + "foo foo baz foo bar foo foo baz foo bar foo foo baz foo foo bar foo baz foo foo bar "
            + "foo baz foo foo bar foo baz foo foo bar foo baz foo foo foo baz bar foo foo foo baz "
            + "foo bar foo foo baz foo bar foo foo baz foo bar foo foo baz foo bar foo foo baz foo "
            + "foo bar foo baz foo foo bar foo baz foo foo bar foo baz foo foo";
        ValidatorSet set = Create((2, 1000), (0, 300), (1, 330));
        List<string> proposers = [];
        for (int i = 0; i < 99; i++)
        {
            proposers.Add(names[NameOf(set.Proposer)]);
            set = set.Increment(1);
        }
        Assert.Equal(Expected, string.Join(' ', proposers));
    }

    [Fact]
    public void Proposers_of_equal_power_go_in_order_of_addresses()
    {
        ValidatorSet set = Create((0, 100), (1, 100), (2, 100));
        for (int i = 0; i < 15; i++)
        {
            Assert.Equal(i % 3, NameOf(set.Proposer));
            set = set.Increment(1);
        }
    }

    [Theory]
    [InlineData(400, new[] { 2, 0 })]
    [InlineData(401, new[] { 2, 2, 0 })]
    public void Proposer_with_more_power_than_the_rest_together_goes_twice(long power, int[] expected)
    {
        ValidatorSet set = Create((0, 100), (1, 100), (2, power));
        foreach (int name in expected)
        {
            Assert.Equal(name, NameOf(set.Proposer));
            set = set.Increment(1);
        }
    }

    [Fact]
    public void Proposers_come_as_often_as_their_power()
    {
        ValidatorSet set = Create((0, 4), (1, 5), (2, 3));
        int[] counts = new int[3];
        for (int i = 0; i < 120; i++)
        {
            counts[NameOf(set.Proposer)]++;
            set = set.Increment(1);
        }
        Assert.Equal([40, 50, 30], counts);
    }

    [Fact]
    public void Proposers_of_power_one_keep_their_order_whatever_the_steps_and_the_codec()
    {
        ValidatorSet set = Create((0, 1), (1, 1), (2, 1), (3, 1));
        ulong random = 1;
        int at = 0;
        for (int i = 0; i < 2000; i++)
        {
            Assert.Equal(at % 4, NameOf(set.Proposer));
            set = Recode(set);
            random = NextRandom(random);
            int steps = 1 + (int)(random >> 60) % 5;
            set = set.Increment(steps);
            at += steps;
        }
    }

    /// <summary>The eleven rows of TestAveragingInIncrementProposerPriorityWithVotingPower: powers 10, 1, 1 from priorities 0.</summary>
    [Theory]
    [InlineData(1, new long[] { -2, 1, 1 }, 0)]
    [InlineData(2, new long[] { -4, 2, 2 }, 0)]
    [InlineData(3, new long[] { -6, 3, 3 }, 0)]
    [InlineData(4, new long[] { -8, 4, 4 }, 0)]
    [InlineData(5, new long[] { 2, -7, 5 }, 1)]
    [InlineData(6, new long[] { 0, -6, 6 }, 0)]
    [InlineData(7, new long[] { -2, -5, 7 }, 0)]
    [InlineData(8, new long[] { -4, -4, 8 }, 0)]
    [InlineData(9, new long[] { 6, -3, -3 }, 2)]
    [InlineData(10, new long[] { 4, -2, -2 }, 0)]
    [InlineData(11, new long[] { 2, -1, -1 }, 0)]
    public void Increment_from_zero_gives_the_reference_priorities(int times, long[] priorities, int proposer)
    {
        ValidatorSet set = WithPriorities((0, 10, 0), (1, 1, 0), (2, 1, 0)).Increment(times);
        Assert.Equal(priorities, set.Validators.Select(validator => validator.ProposerPriority));
        Assert.Equal(proposer, NameOf(set.Proposer));
    }

    /// <summary>
    /// The averages of TestAveragingInIncrementProposerPriority. Its members have no power, which ours must have: each gets 100,
    /// wide enough that nothing is rescaled, and the proposer pays 300.
    /// </summary>
    [Theory]
    [InlineData(1, 2, 3, 2)]
    [InlineData(10, -10, 1, 0)]
    [InlineData(100, -10, 1, 30)]
    public void Increment_subtracts_the_reference_average(long first, long second, long third, long average)
    {
        ValidatorSet set = WithPriorities((0, 100, first), (1, 100, second), (2, 100, third)).Increment(1);
        long[] expected = [first - average + 100, second - average + 100, third - average + 100];
        expected[Array.IndexOf(expected, expected.Max())] -= 300;
        Assert.Equal(expected, set.Validators.Select(validator => validator.ProposerPriority));
    }

    [Fact]
    public void Increment_needs_steps_and_leaves_the_hash_alone()
    {
        ValidatorSet set = Create((0, 1000), (1, 300), (2, 330));
        Assert.Throws<InvariantException>(() => set.Increment(0));
        Assert.Throws<InvariantException>(() => set.Increment(-1));
        Assert.Equal(set.Hash(), set.Increment(1).Hash());
        Assert.NotEqual(set.Hash(), Create((0, 1000), (1, 300), (2, 331)).Hash());
    }

    /// <summary>−1 / 3 is −1 as big.Int.Div rounds, not 0: centred 0, 1, 1; plus power 1, 2, 2; the second pays 3.</summary>
    [Fact]
    public void Increment_of_a_negative_sum_centres_by_the_floor()
    {
        ValidatorSet set = WithPriorities((0, 1, -1), (1, 1, 0), (2, 1, 0)).Increment(1);
        Assert.Equal([1, -1, 2], set.Validators.Select(validator => validator.ProposerPriority));
    }

    /// <summary>Spread 25 over window 6: ratio ceil = 5, divided towards zero: 4, 0, −1 (sum 3, centred 3, −1, −2).</summary>
    [Fact]
    public void Increment_of_a_wide_spread_rescales_towards_zero()
    {
        ValidatorSet set = WithPriorities((0, 1, 20), (1, 1, -4), (2, 1, -5)).Increment(1);
        Assert.Equal([1, 0, -1], set.Validators.Select(validator => validator.ProposerPriority));
    }

    [Fact]
    public void Increment_many_times_equals_as_many_single_increments()
    {
        ulong random = 7;
        for (int run = 0; run < 50; run++)
        {
            List<(int, long)> members = [];
            for (int i = 0; i < 1 + (run % 12); i++)
            {
                random = NextRandom(random);
                members.Add((i, 1 + (long)((random >> 33) % 1000)));
            }
            ValidatorSet start = Create([.. members]);
            ValidatorSet stepped = start;
            for (int i = 1; i <= 40; i++)
            {
                stepped = stepped.Increment(1);
                AssertSame(start.Increment(i), stepped);
            }
        }
    }

    /// <summary>
    /// Fresh 10 and 20: priorities 10 and −10. The newcomer of 30 counts the 10 that leave: −(60 + 7). Rest −10, −67, centred
    /// by −39: 29 and −28. Counting the total after removals would give −56 instead of −67.
    /// </summary>
    [Fact]
    public void Update_gives_newcomers_a_priority_from_the_total_before_removals()
    {
        ValidatorSet set = Create((0, 10), (1, 20));
        Assert.Equal([-10, 10], set.Validators.Select(validator => validator.ProposerPriority));
        Assert.True(set.TryUpdate(Changes((0, 0), (2, 30)), out ValidatorSet updated, out string error), error);
        Assert.Equal([2, 1], updated.Validators.Select(NameOf));
        Assert.Equal([-28, 29], updated.Validators.Select(validator => validator.ProposerPriority));
        // No rescaling (57 ≤ 100), average 1 / 2 = 0: 2 and 49, the second pays 50.
        ValidatorSet next = updated.Increment(1);
        Assert.Equal(1, NameOf(next.Proposer));
        Assert.Equal([2, -1], next.Validators.Select(validator => validator.ProposerPriority));
    }

    [Fact]
    public void Update_keeps_the_priority_of_a_member_and_places_newcomers_last()
    {
        ValidatorSet set = Create((0, 40), (1, 30), (2, 20)).Increment(17);
        Assert.True(set.TryUpdate(Changes((3, 50), (4, 5), (1, 31)), out ValidatorSet updated, out string error), error);
        long newcomers = updated.Validators.Single(validator => NameOf(validator) == 3).ProposerPriority;
        Assert.Equal(newcomers, updated.Validators.Single(validator => NameOf(validator) == 4).ProposerPriority);
        Assert.All(updated.Validators, validator => Assert.True(validator.ProposerPriority >= newcomers));
        long shift = PriorityOf(updated, 0) - PriorityOf(set, 0);
        Assert.Equal(shift, PriorityOf(updated, 1) - PriorityOf(set, 1));
    }

    public static TheoryData<(int, long)[], (int, long)[], (int, long)[]> Updates => new()
    {
        { [(1, 10), (2, 10)], [], [(1, 10), (2, 10)] },
        { [(1, 10), (2, 10)], [(2, 22), (1, 11)], [(2, 22), (1, 11)] },
        { [(2, 20), (1, 10)], [(4, 40), (3, 30)], [(4, 40), (3, 30), (2, 20), (1, 10)] },
        { [(3, 20), (1, 10)], [(2, 30)], [(2, 30), (3, 20), (1, 10)] },
        { [(3, 20), (2, 10)], [(1, 30)], [(1, 30), (3, 20), (2, 10)] },
        { [(3, 30), (2, 20), (1, 10)], [(2, 0)], [(3, 30), (1, 10)] },
        // The merges of TestValSetApplyUpdatesTestsExecute, which lists by name what a whole update puts in set order.
        { [(4, 44), (5, 55)], [(1, 11)], [(5, 55), (4, 44), (1, 11)] },
        { [(4, 44), (5, 55)], [(6, 66)], [(6, 66), (5, 55), (4, 44)] },
        { [(4, 44), (6, 66)], [(5, 55)], [(6, 66), (5, 55), (4, 44)] },
        {
            [(4, 44), (6, 66), (9, 99)], [(5, 55), (7, 77), (8, 88)],
            [(9, 99), (8, 88), (7, 77), (6, 66), (5, 55), (4, 44)]
        },
        { [(1, 111), (2, 22)], [(1, 11)], [(2, 22), (1, 11)] },
        { [(1, 11), (2, 222)], [(2, 22)], [(2, 22), (1, 11)] },
        { [(1, 11), (2, 222), (3, 33)], [(2, 22)], [(3, 33), (2, 22), (1, 11)] },
        { [(1, 111), (2, 222), (3, 333)], [(1, 11), (2, 22), (3, 33)], [(3, 33), (2, 22), (1, 11)] },
        { [(1, 111), (2, 22)], [(1, 11), (3, 33), (4, 44)], [(4, 44), (3, 33), (2, 22), (1, 11)] },
        { [(3, 1000), (1, 1), (2, 1)], [(3, 0)], [(1, 1), (2, 1)] },
        { [(3, 1000), (2, 10), (1, 1)], [(3, 0)], [(2, 10), (1, 1)] },
        { [(3, 1000), (2, 2), (1, 1)], [(3, 0), (2, 1), (5, 50), (4, 40)], [(5, 50), (4, 40), (1, 1), (2, 1)] },
        { [(2, Max - 1), (1, 1)], [(1, Max - 1), (2, 1)], [(1, Max - 1), (2, 1)] },
        { [(2, Max - 1), (1, 1)], [(1, (Max / 2) - 1), (2, Max / 2)], [(2, Max / 2), (1, (Max / 2) - 1)] },
        { [(1, Max - 2), (2, 1), (3, 1)], [(1, 0), (4, Max - 2)], [(4, Max - 2), (2, 1), (3, 1)] },
        {
            [(1, Max / 4), (2, Max / 4), (3, Max / 4), (4, Max / 4)],
            [(2, 0), (1, (Max / 2) - 2), (3, (Max / 2) - 3), (4, 2), (5, 3)],
            [(1, (Max / 2) - 2), (3, (Max / 2) - 3), (5, 3), (4, 2)]
        },
    };

    [Theory]
    [MemberData(nameof(Updates))]
    public void Update_orders_by_power_then_address_and_stays_scaled((int, long)[] start, (int, long)[] changes, (int, long)[] expected)
    {
        ValidatorSet set = Create(start);
        ValidatorUpdate[] forwards = Changes(changes);
        ValidatorUpdate[] backwards = forwards.Reverse().ToArray();
        Assert.True(set.TryUpdate(forwards, out ValidatorSet updated, out string error), error);
        Assert.Equal(expected, updated.Validators.Select(validator => (NameOf(validator), validator.Power)));
        Assert.True(set.TryUpdate(backwards, out ValidatorSet other, out error), error);
        AssertSame(updated, other);
        AssertScaled(updated);
    }

    /// <summary>The four cases of TestValSetUpdatesOrderIndependenceTestsExecute, in every order instead of some.</summary>
    public static TheoryData<(int, long)[], (int, long)[]> Shuffled => new()
    {
        { [(4, 40), (3, 30), (2, 10), (1, 10)], [(4, 44), (3, 33), (2, 22), (1, 11)] },
        { [(2, 20), (1, 10)], [(3, 30), (4, 40), (5, 50), (6, 60)] },
        { [(4, 40), (3, 30), (2, 20), (1, 10)], [(1, 0), (3, 0), (4, 0)] },
        { [(4, 40), (3, 30), (2, 20), (1, 10)], [(1, 0), (3, 0), (2, 22), (5, 50), (4, 44)] },
    };

    [Theory]
    [MemberData(nameof(Shuffled))]
    public void Update_in_any_order_gives_the_same_set((int, long)[] start, (int, long)[] changes)
    {
        ValidatorSet set = Create(start);
        Assert.True(set.TryUpdate(Changes(changes), out ValidatorSet expected, out string error), error);
        foreach ((int, long)[] order in Permutations(changes))
        {
            Assert.True(set.TryUpdate(Changes(order), out ValidatorSet updated, out error), error);
            AssertSame(expected, updated);
        }
        AssertScaled(expected);
    }

    /// <summary>The random cases of TestValSetUpdatePriorityOrderTests, within our bound on validators.</summary>
    [Fact]
    public void Update_of_random_sets_keeps_set_order_and_puts_newcomers_last()
    {
        PublicKey[] keys = KeysByAddress(Limits.ValidatorsMax);
        PropertyCheck.Holds(
            Gen.Choose(0, int.MaxValue).ArrayOf(2 * Limits.ValidatorsMax + 3),
            dice =>
            {
                int members = 1 + (dice[0] % 100);
                int newcomers = dice[1] % 100;
                SortedDictionary<int, long> expected = [];
                List<ValidatorUpdate> start = [], changes = [];
                for (int i = 0; i < members + newcomers; i++)
                {
                    long power = 1 + (dice[3 + i] % 1000);
                    long changed = 1 + (dice[3 + Limits.ValidatorsMax + i] % 1000);
                    // Of the members the first stays, others stay, change or leave; all after them come new.
                    int fate = i >= members ? 1 : i == 0 ? 0 : dice[3 + i] / 1000 % 3;
                    if (i < members) start.Add(new ValidatorUpdate(keys[i], power));
                    if (fate > 0) changes.Add(new ValidatorUpdate(keys[i], fate == 1 ? changed : 0));
                    if (fate < 2) expected[i] = fate == 1 ? changed : power;
                }
                Assert.True(ValidatorSet.TryCreate(start, out ValidatorSet set, out string error), error);
                Assert.True(set.Increment(1 + (dice[2] % 500)).TryUpdate(changes, out ValidatorSet updated, out error), error);
                AssertScaled(updated);
                IEnumerable<(int, long)> inOrder = expected.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
                    .Select(pair => (pair.Key, pair.Value));
                Assert.Equal(inOrder, updated.Validators.Select(validator => (Array.IndexOf(keys, validator.PublicKey), validator.Power)));
                if (newcomers == 0) return;
                ILookup<bool, long> byNewness = updated.Validators
                    .ToLookup(validator => Array.IndexOf(keys, validator.PublicKey) >= members, validator => validator.ProposerPriority);
                long lowest = Assert.Single(byNewness[true].Distinct());
                Assert.All(byNewness[false], priority => Assert.True(priority >= lowest));
            },
            200);
    }

    public static TheoryData<(int, long)[], (int, long)[]> BadUpdates => new()
    {
        { [(1, 10), (2, 10)], [(2, 11), (2, 22)] },
        { [(1, 10), (2, 10), (3, 10)], [(1, 11), (3, 22), (1, 12)] },
        { [(1, 10), (2, 10)], [(2, 0), (2, 0)] },
        { [(1, 10), (2, 10)], [(1, 0), (2, 0), (1, 0)] },
        { [(1, 10), (2, 10), (3, 10)], [(1, 0), (3, 0), (1, 0)] },
        { [(1, 10), (2, 10)], [(1, 0), (2, 20), (2, 30), (1, 0)] },
        { [(1, 10), (2, 10)], [(2, long.MaxValue)] },
        { [(1, 10), (2, 10)], [(2, -123)] },
        { [(1, 10), (2, 10)], [(1, 11), (1, 22)] },
        { [(1, 10), (2, 10)], [(1, 11), (2, 22), (1, 12)] },
        { [(1, 10), (2, 10)], [(1, 0), (1, 0)] },
        { [(1, 10), (2, 10)], [(1, 0), (2, 20), (1, 30)] },
        { [(1, 10), (2, 10), (3, 10)], [(1, 0), (3, 5), (2, 20), (2, 30), (1, 0)] },
        { [(1, 10), (2, 10)], [(1, long.MaxValue)] },
        { [(1, Max)], [(2, long.MaxValue)] },
        { [(1, Max - 1)], [(2, 5)] },
        { [(1, Max / 3), (2, Max / 3)], [(3, Max / 2)] },
        { [(1, Max)], [(2, Max)] },
        { [(1, 10), (2, 10)], [(1, -123)] },
        { [(1, 10), (2, 10)], [(3, 0)] },
        { [(1, 10), (2, 20), (3, 30)], [(1, 0), (2, 0), (3, 0)] },
        {
            [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 1), (8, 1), (9, 1)],
            [(1, Max), (2, Max), (3, Max), (4, Max), (5, Max), (6, Max), (7, Max), (8, Max), (9, 8)]
        },
    };

    [Theory]
    [MemberData(nameof(BadUpdates))]
    public void Update_that_the_reference_refuses_changes_nothing((int, long)[] start, (int, long)[] changes)
    {
        ValidatorSet set = Create(start);
        Assert.False(set.TryUpdate(Changes(changes), out ValidatorSet updated, out string error));
        Assert.NotEmpty(error);
        Assert.Same(set, updated);
    }

    [Fact]
    public void Create_refuses_no_members_and_members_without_power()
    {
        Assert.False(ValidatorSet.TryCreate([], out _, out _));
        Assert.False(ValidatorSet.TryCreate(Changes((0, 0), (1, 22)), out _, out _));
        Assert.False(ValidatorSet.TryCreate(Changes((0, 10), (1, -20)), out _, out _));
        Assert.False(ValidatorSet.TryCreate(Changes((0, 10), (0, 20)), out _, out _));
        Assert.False(ValidatorSet.TryCreate(Changes((0, 100), (0, 123), (0, 234)), out _, out _));
        Assert.False(ValidatorSet.TryCreate(Changes((0, 0), (1, 22), (2, 33)), out _, out _));
        Assert.False(ValidatorSet.TryCreate(Changes((0, long.MaxValue), (1, long.MaxValue), (2, long.MaxValue)), out _, out _));
    }

    [Fact]
    public void Increment_at_the_edge_of_the_integers_does_not_overflow()
    {
        ValidatorSet low = WithPriorities((0, 1, long.MinValue), (1, 1, long.MinValue)).Increment(3);
        ValidatorSet high = WithPriorities((0, 1, long.MaxValue), (1, 1, long.MinValue)).Increment(3);
        AssertScaled(low);
        AssertScaled(high);
    }

    /// <summary>TestValidatorSetFromProtoReturnsErrorOnOverflow, in our encoding.</summary>
    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData((Max / 2) + 1)]
    public void Stored_set_with_more_than_the_total_power_is_refused(long power)
    {
        MessagePackWriter writer = new();
        writer.Array(2).Array(2).Array(3).Bin(Keys[0]).Int(power).Int(0).Array(3).Bin(Keys[1]).Int(power).Int(0);
        MessagePackReader reader = new(writer.UInt(0).Written);
        Assert.Null(ValidatorSet.Read(ref reader));
        Assert.Equal(DecodeCode.OutOfRange, reader.Error.Code);
    }

    private static IEnumerable<T[]> Permutations<T>(T[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany((first, i) => Permutations<T>([.. items[..i], .. items[(i + 1)..]]).Select(rest => (T[])[first, .. rest]));

    /// <summary>One step of Knuth's linear congruential generator.</summary>
    private static ulong NextRandom(ulong random) => unchecked((random * 6364136223846793005) + 1442695040888963407);

    private static ValidatorSet Create(params (int Name, long Power)[] members)
    {
        Assert.True(ValidatorSet.TryCreate(Changes(members), out ValidatorSet set, out string error), error);
        return set;
    }

    private static ValidatorUpdate[] Changes(params (int Name, long Power)[] changes) =>
        changes.Select(change => new ValidatorUpdate(Keys[change.Name], change.Power)).ToArray();

    /// <summary>A set with given priorities, in set order, through the codec.</summary>
    private static ValidatorSet WithPriorities(params (int Name, long Power, long Priority)[] members)
    {
        MessagePackWriter writer = new();
        writer.Array(2).Array(members.Length);
        foreach ((int name, long power, long priority) in members)
        {
            writer.Array(3).Bin(Keys[name]).Int(power).Int(priority);
        }
        return Decode(writer.UInt(0).ToArray());
    }

    private static ValidatorSet Recode(ValidatorSet set)
    {
        MessagePackWriter writer = new();
        return Decode(set.Write(ref writer).ToArray());
    }

    private static ValidatorSet Decode(byte[] bytes)
    {
        MessagePackReader reader = new(bytes);
        ValidatorSet? set = ValidatorSet.Read(ref reader);
        Assert.True(reader.TryFinish(out DecodeError error), error.ToString());
        return set!;
    }

    private static void AssertSame(ValidatorSet expected, ValidatorSet actual)
    {
        Assert.Equal(expected.Validators, actual.Validators);
        Assert.Equal(expected.ProposerIndex, actual.ProposerIndex);
    }

    private static void AssertScaled(ValidatorSet set)
    {
        Int128 sum = 0;
        foreach (Validator validator in set.Validators) sum += validator.ProposerPriority;
        Assert.InRange((long)sum, 1 - set.Count, set.Count - 1);
        Int128 spread = (Int128)set.Validators.Max(validator => validator.ProposerPriority)
            - set.Validators.Min(validator => validator.ProposerPriority);
        Assert.True(spread <= 2 * (Int128)set.TotalPower);
    }

    private static long PriorityOf(ValidatorSet set, int name) =>
        set.Validators.Single(validator => NameOf(validator) == name).ProposerPriority;

    private static int NameOf(Validator validator) => Array.IndexOf(Keys, validator.PublicKey);

    private static PublicKey[] KeysByAddress(int count)
    {
        PublicKey[] keys = new PublicKey[count];
        for (int i = 0; i < count; i++)
        {
            byte[] bytes = new byte[PublicKey.Size];
            bytes[0] = (byte)(i + 1);
            keys[i] = PublicKey.From(bytes);
        }
        return keys.OrderBy(key => key.Address).ToArray();
    }
}
