using System;
using System.Collections.Generic;
using Chain.Node.Queries.Json;
using Chain.Node.Rpc.Json;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;
using Chain.StateMachine.Trust.Reputation;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.Node.Queries;

/// <summary>Cases, the beacon that draws their juries, and reputations.</summary>
internal static class JusticeQueries
{
    public static IEnumerable<QueryEntry> All =>
    [
        QueryEntry.One("/market/case/ID", "a dispute: its jury, votes, ruling and timeline", CaseOf),
        QueryEntry.List("/market/cases?claimant&respondent&juror&state&target", "disputes", CaseList),
        QueryEntry.One("/market/beacon", "the randomness that is being made", BeaconOf),
        QueryEntry.One("/market/reputation/ADDRESS", "every part of a reputation with its samples", ReputationOf),
    ];

    private static QueryAnswer CaseOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryId(0, out ulong id)) return QueryAnswer.Bad("a case is named by its number");
        return CaseStore.Read(state, id) is { } found
            ? QueryAnswer.Object(writer => JusticeJson.Case(writer, found))
            : QueryAnswer.NotFound($"there is no case {id}");
    }

    private static QueryAnswer CaseList(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddressOption("claimant", out Address? claimant)) return QueryAnswer.Bad("claimant is no address");
        if (!arguments.TryAddressOption("respondent", out Address? respondent)) return QueryAnswer.Bad("respondent is no address");
        if (!arguments.TryAddressOption("juror", out Address? juror)) return QueryAnswer.Bad("juror is no address");
        if (!arguments.TryEnumOption("state", out CaseState? wanted)) return QueryAnswer.Bad("unknown state");
        if (!arguments.TryEnumOption("target", out CaseTarget? target)) return QueryAnswer.Bad("unknown target");
        bool Matches(Case found) =>
            (claimant is null || found.Claimant == claimant)
            && (respondent is null || found.Respondent == respondent)
            && (juror is null || found.FindJuror(juror.Value) >= 0)
            && (wanted is null || found.State == wanted)
            && (target is null || found.Target == target);
        return new ListWalk<Case>("cases", Schema.Key(JusticeSchema.Case), Case.TryDecode, Matches, JusticeJson.Case)
            .Answer(state, arguments);
    }

    private static QueryAnswer BeaconOf(IStateReader state, QueryArguments arguments)
    {
        BeaconRound round = BeaconRound.Load(state);
        return QueryAnswer.Object(writer =>
        {
            writer.UInt64("round", round.Number);
            writer.WriteBoolean("is_wanted", round.IsWanted);
            writer.WriteBoolean("is_open", round.IsOpen);
            writer.WriteNumber("reveals_needed", BeaconRules.RevealsNeeded(state));
            writer.WriteStartArray("revealers");
            foreach (Address revealer in round.Revealers) writer.WriteStringValue(revealer.ToHex());
            writer.WriteEndArray();
            writer.Hash("mix", round.Mix);
        });
    }

    /// <summary><c>/market/reputation/ADDRESS</c>: every part with its samples, as it counts at the time of the last fee update.</summary>
    private static QueryAnswer ReputationOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddress(0, out Address subject)) return QueryAnswer.Bad("a reputation is named by an address");
        Parameters parameters = Parameters.Load(state);
        MarketTime now = FeeState.Load(state).UpdatedAt;
        return QueryAnswer.Object(writer =>
        {
            writer.Address("subject", subject);
            writer.UInt64("reputation_bps", ReputationBook.BpsOf(state, subject, now, parameters));
            writer.UInt64("season", ReputationBook.SeasonOf(now, parameters));
            foreach (ReputationPart part in Enum.GetValues<ReputationPart>())
            {
                Score(ReputationBook.NameOf(part), ReputationBook.ScoreOf(state, subject, part, now, parameters));
            }
            Score("reviews", ReputationBook.ReviewsOf(state, subject, ReviewSide.Provider, parameters));

            void Score(string name, ReputationScore score)
            {
                writer.WriteStartObject(name);
                writer.UInt64("ppm", score.Ppm);
                writer.UInt64("samples_millionths", score.Samples);
                writer.WriteEndObject();
            }
        });
    }
}
