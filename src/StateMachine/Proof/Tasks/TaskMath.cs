using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Proof.Tasks;

/// <summary>Confidence in a result, in integers (iExec's proof of contribution, marketplace.md 2.2).</summary>
public static class TaskMath
{
    /// <summary>Largest trust that a task may ask for.</summary>
    public const ulong TrustMax = 1_000_000;

    /// <summary>Right results in a row below which nobody works alone.</summary>
    public const ulong StreakMin = 10;

    private const string SealDomain = "chain/result/1";

    /// <summary>Beyond this a product says no more, and would not fit.</summary>
    private static readonly UInt128 CreditMax = UInt128.One << 60;

    /// <summary>What a worker's word is worth: 2 for a new one, more with its good results.</summary>
    public static ulong Weight(ulong goodResults) => Math.Max(goodResults / 3, 3) - 1;

    /// <summary>Adds a worker to a group that agrees, and to the sum over all groups.</summary>
    public static UInt128 Join(UInt128 group, ulong weight) => UInt128.Min((group == 0 ? 1 : group) * weight, CreditMax);

    /// <summary>Whether the group's result is trusted, when all groups together have this much and the sum starts at one.</summary>
    public static bool IsTrusted(UInt128 group, UInt128 allGroups, ulong trust) => group * trust > (1 + allGroups) * (trust - 1);

    /// <summary>New workers that are enough when all of them agree.</summary>
    public static int WorkersFor(ulong trust)
    {
        UInt128 group = 0;
        int count = 0;
        while (count == 0 || !IsTrusted(group, group, trust))
        {
            group = Join(group, Weight(0));
            count++;
        }
        return count;
    }

    /// <summary>
    /// How often the result of a worker that works alone is checked by others: once in as many as it had right ones in a row, as BOINC does it
    /// (marketplace.md 2.3), but not more seldom than the stake makes up for: once in <c>stake / reward</c>. So a worker that computes nothing
    /// loses on average, whatever its history and however much the work would have cost it.
    /// </summary>
    /// <param name="streak">Right results in a row: the next is wrong with a chance of less than one in so many.</param>
    /// <returns>0 where it may not work alone: its streak is below <see cref="StreakMin"/> or below the trust that is asked for.</returns>
    public static ulong CheckedOneIn(ulong streak, ulong trust, ulong stake, ulong reward)
    {
        if (streak < StreakMin || streak < trust) return 0;
        ulong oneIn = Math.Min(streak, stake / reward);
        return oneIn > 1 ? oneIn : 0;
    }

    /// <summary>Whether others do what a lone worker has committed itself to; the value is of a round that began after that.</summary>
    public static bool IsChecked(in Hash256 value, ulong taskId, in Address worker, ulong oneIn) =>
        DrawMath.Number(DrawMath.Seed(value, "task-check"u8, Schema.Key(0, worker, taskId)), 0, oneIn) == 0;

    /// <summary>What a worker commits to; bound to chain, task and worker, so nobody can copy another's result.</summary>
    public static Hash256 Seal(string chainId, ulong taskId, in Address worker, in Hash256 digest) => Sha256.Hash(
        new MessagePackWriter().Array(5).Str(SealDomain).Str(chainId).UInt(taskId).Bin(worker).Bin(digest).Written);
}
