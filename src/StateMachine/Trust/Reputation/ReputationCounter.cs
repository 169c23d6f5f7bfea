using System;
using System.Collections.Generic;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Trust.Reputation;

/// <summary>
/// How often something went well, by season. The past fades when it is read and not when something is counted, so the order in which
/// leases are brought to time leaves the same counter.
/// </summary>
/// <param name="Seasons">Ascending; the oldest goes when there are too many.</param>
public sealed record ReputationCounter(IReadOnlyList<ReputationSeason> Seasons)
{
    /// <summary>Seasons that are kept: at the default decay the oldest counts less than a hundredth.</summary>
    public const int SeasonsMax = 16;

    private const int CodecVersion = 1;

    public static readonly ReputationCounter None = new([]);

    /// <summary>Adds to a season.</summary>
    /// <param name="weight">Millionths of a count.</param>
    public ReputationCounter With(ulong season, bool isGood, ulong weight)
    {
        List<ReputationSeason> seasons = [.. Seasons];
        int place = seasons.FindIndex(kept => kept.Number >= season);
        if (place < 0) place = seasons.Count;
        if (place == seasons.Count || seasons[place].Number != season) seasons.Insert(place, new ReputationSeason(season, 0, 0));
        ReputationSeason old = seasons[place];
        seasons[place] = old with { Good = isGood ? old.Good + weight : old.Good, Total = old.Total + weight };
        if (seasons.Count > SeasonsMax) seasons.RemoveAt(0);
        return new ReputationCounter(seasons);
    }

    /// <summary>
    /// Both sums as they count in a season: of those before it, each faded by its age. The running one does not count yet, so
    /// that nothing depends on how far the timed moves of the hour have come.
    /// </summary>
    public (ulong Good, ulong Total) Before(ulong season, ulong decayPpm)
    {
        ulong good = 0;
        ulong total = 0;
        foreach (ReputationSeason kept in Seasons)
        {
            if (kept.Number >= season) break;
            ulong factor = ReputationMath.Decay(decayPpm, (season - kept.Number - 1) * ReputationMath.SeasonEpochs);
            good += ReputationMath.Share(kept.Good, factor);
            total += ReputationMath.Share(kept.Total, factor);
        }
        return (good, total);
    }

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(2).UInt(CodecVersion).Array(Seasons.Count);
        foreach (ReputationSeason kept in Seasons) writer.Array(3).UInt(kept.Number).UInt(kept.Good).UInt(kept.Total);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out ReputationCounter counter, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        ReputationSeason[] seasons = new ReputationSeason[reader.ArrayHeader(SeasonsMax)];
        for (int i = 0; i < seasons.Length && reader.IsOk; i++)
        {
            reader.Array(3);
            seasons[i] = new ReputationSeason(reader.UInt(), reader.UInt(), reader.UInt());
            reader.EndArray();
            bool ascends = i == 0 || seasons[i - 1].Number < seasons[i].Number;
            if (!ascends || seasons[i].Good > seasons[i].Total) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        reader.EndArray();
        counter = new ReputationCounter(seasons);
        return reader.TryFinish(out error);
    }
}
