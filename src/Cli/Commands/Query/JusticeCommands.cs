using System.CommandLine;
using Chain.Cli.Queries;
using Chain.StateMachine.Justice.Cases;

namespace Chain.Cli.Commands.Query;

/// <summary>What <c>chain query</c> says of cases, reputations and the beacon.</summary>
internal static class JusticeCommands
{
    public static VerbCommand Case(VerbRunner run)
    {
        Argument<ulong> id = new("id") { Description = "The case's number." };
        return new VerbCommand("case", "Show a case: what is claimed, how far it is, who is on the jury.")
        {
            Arguments = { id },
            Examples = ["chain query case 1"],
        }.Shows(run, context => $"/market/case/{context.Parse.GetValue(id)}");
    }

    public static VerbCommand Cases(VerbRunner run) =>
        new VerbCommand("cases", "List cases.") { Examples = ["chain query cases --state commit --juror chain1…"] }.Lists(
            run, "cases", _ => "/market/cases",
            [
                ListFilter.Choice<CaseState>("--state", "Only those in this state."),
                ListFilter.Choice<CaseTarget>("--target", "Only those about this."),
                ListFilter.Who("--claimant", "Only those of this address."),
                ListFilter.Who("--respondent", "Only those against this address."),
                ListFilter.Who("--juror", "Only those on whose present jury this address sits."),
            ],
            [
                new("id", "id"), new("target", "target"), new("state", "state"), new("outcome", "outcome"),
                new("claim credits", "claim"), new("round", "round", 3), new("ruling", "ruling_bps", 2),
                new("jurors", "jurors", 1, ListFormat.Count),
            ]);

    public static VerbCommand Reputation(VerbRunner run)
    {
        Argument<string> who = new("who") { Description = "An address, or the name of a key in your wallet." };
        return new VerbCommand("reputation", "Show what somebody's reputation is made of, each part with its samples.")
        {
            Details = "Each part is the least that the true rate may be, at 95 %, so few samples never look good. What happens now\n"
                + "counts from the next season on; a season has 64 epochs.",
            Arguments = { who },
            Examples = ["chain query reputation bob"],
        }.Shows(run, context => $"/market/reputation/{context.AddressOf(context.Parse.GetRequiredValue(who))}");
    }

    public static VerbCommand Beacon(VerbRunner run) =>
        new VerbCommand("beacon", "Show the round of the random beacon, from which juries are drawn.")
            .Shows(run, _ => "/market/beacon");
}
