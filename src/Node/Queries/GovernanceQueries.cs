using System.Collections.Generic;
using Chain.Node.Queries.Json;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Governance.Upgrades;
using Chain.StateMachine.Store;

namespace Chain.Node.Queries;

/// <summary>Proposals, closed kinds and the planned upgrade.</summary>
internal static class GovernanceQueries
{
    public static IEnumerable<QueryEntry> All =>
    [
        QueryEntry.One("/market/proposal/ID", "a proposal of governance with its votes", ProposalOf),
        QueryEntry.List("/market/proposals?state&proposer&kind", "proposals of governance", ProposalList),
        QueryEntry.One("/market/gates", "kinds of messages that are closed, or were a short time ago", Gates),
        QueryEntry.One("/market/upgrade", "the planned upgrade", Upgrade),
    ];

    private static QueryAnswer ProposalOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryId(0, out ulong id)) return QueryAnswer.Bad("a proposal is named by its number");
        return ProposalStore.Read(state, id) is { } proposal
            ? QueryAnswer.Object(writer => GovernanceJson.Proposal(writer, proposal))
            : QueryAnswer.NotFound($"there is no proposal {id}");
    }

    private static QueryAnswer ProposalList(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryEnumOption("state", out ProposalState? wanted)) return QueryAnswer.Bad("unknown state");
        if (!arguments.TryEnumOption("kind", out ProposalKind? kind)) return QueryAnswer.Bad("unknown kind");
        if (!arguments.TryAddressOption("proposer", out Address? proposer)) return QueryAnswer.Bad("proposer is no address");
        bool Matches(Proposal proposal) =>
            (wanted is null || proposal.State == wanted)
            && (kind is null || proposal.Content.Kind == kind)
            && (proposer is null || proposal.Proposer == proposer);
        byte[] prefix = Schema.Key(Schema.Proposal);
        return new ListWalk<Proposal>("proposals", prefix, Proposal.TryDecode, Matches, GovernanceJson.Proposal)
            .Answer(state, arguments);
    }

    /// <summary>Kinds that are closed or were a short time ago; everything else is open.</summary>
    private static QueryAnswer Gates(IStateReader state, QueryArguments arguments)
    {
        KindGates gates = KindGates.Load(state);
        return QueryAnswer.Object(writer => GovernanceJson.Gates(writer, gates));
    }

    private static QueryAnswer Upgrade(IStateReader state, QueryArguments arguments) => UpgradePlans.Load(state) is { } plan
        ? QueryAnswer.Object(writer => GovernanceJson.Upgrade(writer, plan))
        : QueryAnswer.NotFound("no upgrade is planned");
}
