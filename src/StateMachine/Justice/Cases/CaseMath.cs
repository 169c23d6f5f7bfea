using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>The numbers of a case as pure functions (marketplace.md 5.1).</summary>
public static class CaseMath
{
    /// <summary>Rounds that a case may have: the first and two appeals.</summary>
    public const int RoundsMax = 3;

    /// <summary>From this share of the claim on, the respondent has lost.</summary>
    public const ulong LostFromBps = 5000;

    private const string CommitDomain = "chain/vote/1";

    public static ulong JurySize(byte round, Parameters parameters) => round switch
    {
        0 => parameters.JurySizeFirst,
        1 => parameters.JurySizeSecond,
        _ => parameters.JurySizeThird,
    };

    /// <summary>What either side puts up: a share of the claim, at least the minimum, and the fees of the first jury.</summary>
    public static UInt128 Bond(ulong claim, Parameters parameters)
    {
        UInt128 share = (UInt128)claim * parameters.DisputeBondBps / LeaseMath.BasisPoints;
        UInt128 larger = share > parameters.DisputeBondMin ? share : parameters.DisputeBondMin;
        return larger + ((UInt128)parameters.JurySizeFirst * parameters.JurorFee);
    }

    /// <summary>The lower median: of an even number of votes the smaller of the two in the middle. At least one vote.</summary>
    public static ulong LowerMedian(List<ulong> votes)
    {
        votes.Sort();
        return votes[(votes.Count - 1) / 2];
    }

    public static bool IsCoherent(ulong voteBps, ulong rulingBps, ulong toleranceBps)
    {
        ulong distance = voteBps > rulingBps ? voteBps - rulingBps : rulingBps - voteBps;
        return distance <= toleranceBps;
    }

    public static ulong Award(ulong claim, ulong rulingBps) => (ulong)((UInt128)claim * rulingBps / LeaseMath.BasisPoints);

    /// <summary>What a juror commits to; bound to chain, case, round and juror, so nobody can copy another's.</summary>
    public static Hash256 Commit(string chainId, ulong caseId, byte round, in Address juror, ulong awardBps, in Hash256 salt) =>
        Sha256.Hash(new MessagePackWriter().Array(7)
            .Str(CommitDomain).Str(chainId).UInt(caseId).UInt(round).Bin(juror).UInt(awardBps).Bin(salt).Written);
}
