using System;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Core;

/// <summary>The chain's consensus timing at one height. All values in milliseconds; <c>PerRound</c> is added for each round.</summary>
/// <param name="PrecisionMs">How far correct clocks may lie apart (proposer-based timestamps).</param>
/// <param name="MessageDelayMs">How long a proposal may travel in round 0; × 1.1 each round.</param>
public sealed record ConsensusTiming(
    long ProposeMs,
    long ProposeMsPerRound,
    long PrevoteMs,
    long PrevoteMsPerRound,
    long PrecommitMs,
    long PrecommitMsPerRound,
    long PrecisionMs,
    long MessageDelayMs)
{
    private const int NanosPerMs = 1_000_000;

    /// <summary>How long a step of a round waits. <see cref="TimeoutKind.EmptyBlock"/> has no fixed length.</summary>
    public long DelayMs(TimeoutKind kind, Round round) => kind switch
    {
        TimeoutKind.Propose => ProposeMs + (ProposeMsPerRound * round.Value),
        TimeoutKind.Prevote => PrevoteMs + (PrevoteMsPerRound * round.Value),
        TimeoutKind.Precommit => PrecommitMs + (PrecommitMsPerRound * round.Value),
        _ => 0,
    };

    /// <summary>
    /// Timely of proposer-based timestamps (CometBFT v1): t − precision ≤ received ≤ t + delay × 1.1^round + precision, to
    /// the nanosecond.
    /// </summary>
    public bool IsTimely(Timestamp proposed, long receivedMs, Round round)
    {
        Int128 time = ((Int128)proposed.Seconds * 1_000_000_000) + proposed.Nanos;
        Int128 received = (Int128)receivedMs * NanosPerMs;
        Int128 precision = (Int128)PrecisionMs * NanosPerMs;
        return received >= time - precision && received <= time + MessageDelayNanos(round) + precision;
    }

    /// <summary>The message delay of a round in nanoseconds, rounded down at each of its steps, capped at a day.</summary>
    private Int128 MessageDelayNanos(Round round)
    {
        Int128 cap = (Int128)ConsensusLimits.MessageDelayMsMax * NanosPerMs;
        Int128 delay = (Int128)MessageDelayMs * NanosPerMs;
        // Ends after a few hundred steps at most: ten nanoseconds reach a day in 351.
        for (int i = 0; i < round.Value && delay < cap && delay >= 10; i++) delay = delay * 11 / 10;
        return Int128.Min(delay, cap);
    }
}
