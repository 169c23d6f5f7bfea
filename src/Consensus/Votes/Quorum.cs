using System;

namespace Chain.Consensus.Votes;

/// <summary>The two thresholds of the paper, exact, in voting power.</summary>
public static class Quorum
{
    /// <summary>2f+1: strictly more than two thirds. Any two such groups share a correct validator.</summary>
    public static bool IsReached(long power, long totalPower) => (Int128)power * 3 > (Int128)totalPower * 2;

    /// <summary>f+1: strictly more than one third. Any such group holds a correct validator.</summary>
    public static bool HasCorrect(long power, long totalPower) => (Int128)power * 3 > totalPower;
}
