using System.CommandLine;
using Chain.Cli.Queries;
using Chain.Cli.Terminal;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.Cli.Commands.Query;

/// <summary>What <c>chain query</c> says of attestations, audits, reviews, ratings, roles and small records of accounts and leases.</summary>
internal static class TrustCommands
{
    public static VerbCommand Attestations(VerbRunner run) =>
        new VerbCommand("attestations", "List what auditors state about providers.") { Examples = ["chain query attestations --schema hardware --state valid"] }
            .Lists(run, "attestations", _ => "/market/attestations",
                [ListFilter.Who("--subject", "Only those about this address."), ListFilter.Who("--issuer", "Only those of this address."),
                    ListFilter.Choice<AttestationSchema>("--schema", "Only those of this schema."), ListFilter.Choice<AttestationState>("--state", "Only those in this state.")],
                [
                    new("uid", "uid"), new("schema", "schema"), new("tier", "tier", 2), new("subject", "subject"), new("issuer", "issuer", 4),
                    new("state", "state"), new("expires", "expires", 1), new("bond credits", "bond", 3),
                ]);

    public static VerbCommand Audits(VerbRunner run) =>
        new VerbCommand("audits", "List the audits that are paid for and awaited.") { Examples = ["chain query audits --issuer chain1…"] }
            .Lists(run, "audits", _ => "/market/audits",
                [ListFilter.Who("--issuer", "Only those that this address is to answer."), ListFilter.Who("--subject", "Only those about this address."),
                    ListFilter.Choice<AttestationSchema>("--schema", "Only those of this schema.")],
                [
                    new("issuer", "issuer"), new("subject", "subject"), new("schema", "schema"), new("drawn", "is_drawn", 1),
                    new("fee credits", "fee"), new("due", "due", 2),
                ]);

    public static VerbCommand Reviews(VerbRunner run)
    {
        Argument<ulong?> lease = new("lease") { Description = "The lease's number; all reviews without it.", Arity = ArgumentArity.ZeroOrOne };
        return new VerbCommand("reviews", "List reviews, of a lease or of an address.")
        {
            Arguments = { lease },
            Examples = ["chain query reviews 1", "chain query reviews --subject chain1… --state published"],
        }.Lists(run, "reviews",
            context => context.Parse.GetValue(lease) is { } id ? $"/market/reviews/{id}" : "/market/reviews",
            [ListFilter.Who("--subject", "Only those about this address."), ListFilter.Who("--author", "Only those that this address wrote."),
                ListFilter.Choice<ReviewState>("--state", "Only those in this state.")],
            [
                new("lease", "lease_id"), new("side", "side"), new("author", "author"), new("subject", "subject", 5), new("state", "state"),
                new("quality", "stars.quality", 1), new("reliability", "stars.reliability", 2),
                new("communication", "stars.communication", 3), new("weight credits", "weight", 4),
            ]);
    }

    public static VerbCommand Rating(VerbRunner run)
    {
        Argument<string> who = Who();
        Argument<ReviewSide> side = Values.ChoiceArgument<ReviewSide>("side", "In which part: provider or tenant.");
        return new VerbCommand("rating", "Show what the reviews of somebody come to.")
        {
            Arguments = { who, side },
            Examples = ["chain query rating bob provider"],
        }.Shows(run, context => $"/market/rating/{context.AddressOf(context.Parse.GetRequiredValue(who))}/{JsonNames.Of(context.Parse.GetValue(side))}");
    }

    public static VerbCommand Role(VerbRunner run)
    {
        Argument<Role> role = Values.ChoiceArgument<Role>("role", "Auditor, prober or juror; for providers see 'chain query provider'.");
        Argument<string> who = Who();
        return new VerbCommand("role", "Show the stake of an auditor, a prober or a juror.")
        {
            Arguments = { role, who },
            Examples = ["chain query role juror carol"],
        }.Shows(run, context => $"/market/role/{JsonNames.Of(context.Parse.GetValue(role))}/{context.AddressOf(context.Parse.GetRequiredValue(who))}");
    }

    public static VerbCommand Amendment(VerbRunner run)
    {
        Argument<ulong> lease = new("lease") { Description = "The lease's number." };
        return new VerbCommand("amendment", "Show the other terms that a side of a lease asks for.")
        {
            Arguments = { lease },
            Examples = ["chain query amendment 1"],
        }.Shows(run, context => $"/market/amendment/{context.Parse.GetValue(lease)}");
    }

    public static VerbCommand DidDocument(VerbRunner run)
    {
        Argument<string> who = Who();
        return new VerbCommand("did-document", "Show the hash of the DID document that an account stands for.")
        {
            Arguments = { who },
            Examples = ["chain query did-document bob"],
        }.Shows(run, context => $"/market/did_document/{context.AddressOf(context.Parse.GetRequiredValue(who))}");
    }

    private static Argument<string> Who() => new("who") { Description = "An address, or the name of a key in your wallet." };
}
