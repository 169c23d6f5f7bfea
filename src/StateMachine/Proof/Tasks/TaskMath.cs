using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.StateMachine.Proof.Tasks;

/// <summary>Confidence in a result, in integers (iExec's proof of contribution, marketplace.md 2.2).</summary>
public static class TaskMath
{
    /// <summary>Largest trust that a task may ask for.</summary>
    public const ulong TrustMax = 1_000_000;

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

    /// <summary>What a worker commits to; bound to chain, task and worker, so nobody can copy another's result.</summary>
    public static Hash256 Seal(string chainId, ulong taskId, in Address worker, in Hash256 digest) => Sha256.Hash(
        new MessagePackWriter().Array(5).Str(SealDomain).Str(chainId).UInt(taskId).Bin(worker).Bin(digest).Written);
}
