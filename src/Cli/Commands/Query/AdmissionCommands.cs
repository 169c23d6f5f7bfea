using System.CommandLine;
using Chain.Cli.Queries;
using Chain.Cli.Terminal;
using Chain.StateMachine.Registry;

namespace Chain.Cli.Commands.Query;

/// <summary>The lists of who is part of the network, and of who asks to be.</summary>
internal static class AdmissionCommands
{
    public static VerbCommand QueryJail(VerbRunner run)
    {
        Argument<string> who = new("who") { Description = "The provider's address, or the name of its key in your wallet." };
        return new VerbCommand("jail", "Show until when a provider is jailed, and the seat that it gets back.")
        {
            Details = "It returns with 'chain tx update --status unjail' when the time is over and its stake is enough again.",
            Arguments = { who },
            Examples = ["chain query jail bob --prove"],
        }.Reads<Jail>(run,
            context => $"provider {context.Parse.GetValue(who)} in jail",
            context => (reader, options, cancel) =>
                reader.JailAsync(context.AddressOf(context.Parse.GetRequiredValue(who)), options, cancel),
            (_, jail) => new Facts()
                .Time("until", jail.Until)
                .Flag("in_probation", jail.InProbation)
                .Text("seat_consensus_address", jail.Seat?.ConsensusAddress.ToHex() ?? ""));
    }

    public static VerbCommand Seats(VerbRunner run) => new VerbCommand("seats", "List validator seats and the providers behind them.")
    {
        Details = "A seat that was given votes two blocks later; who votes on a block says 'chain query validators'.",
        Examples = ["chain query seats"],
    }.Lists(run, "seats", _ => "/market/seats", [],
        [
            new("provider", "provider"), new("consensus address", "consensus_address"), new("power", "power"),
            new("expires", "expires"), new("node key", "node_key", 1),
        ]);

    public static VerbCommand SeatRequests(VerbRunner run) =>
        new VerbCommand("seat-requests", "List providers who ask for a validator seat.")
        {
            Details = "Validators grant one with 'chain tx admit seat PROVIDER'.",
            Examples = ["chain query seat-requests"],
        }.Lists(run, "seat_requests", _ => "/market/seat_requests", [],
            [new("provider", "provider"), new("consensus key", "consensus_key"), new("until", "due")]);

    public static VerbCommand Accesses(VerbRunner run) => new VerbCommand("accesses", "List nodes that may connect without a seat.")
    {
        Examples = ["chain query accesses"],
    }.Lists(run, "accesses", _ => "/market/accesses", [], [new("node key", "node_key"), new("expires", "expires")]);

    public static VerbCommand AccessRequests(VerbRunner run) =>
        new VerbCommand("access-requests", "List nodes whose owners ask to let them connect.")
        {
            Details = "Validators grant one with 'chain tx admit access NODE-KEY'.",
            Examples = ["chain query access-requests"],
        }.Lists(run, "access_requests", _ => "/market/access_requests", [],
            [new("node key", "node_key"), new("sender", "sender"), new("until", "due")]);

    public static VerbCommand Admissions(VerbRunner run) =>
        new VerbCommand("admissions", "List what validators have proposed and not yet decided.")
        {
            Details = "A validator votes for one with 'chain tx admit vote ID'.",
            Examples = ["chain query admissions"],
        }.Lists(run, "admissions", _ => "/market/admissions", [],
            [
                new("id", "id"), new("action", "action"), new("subject", "subject"), new("address", "address"),
                new("node key", "node_key", 1), new("scope", "scope", 2), new("expires", "expires", 4),
                new("votes", "voters", Format: ListFormat.Count), new("until", "due", 3),
            ]);
}
