using System.CommandLine;
using System.Linq;
using System.Text.Json.Nodes;
using Chain.Cli.Commands.Query;
using Chain.Cli.Queries;
using Chain.Cli.Terminal;
using Chain.Client;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Core;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.Cli.Commands;

/// <summary><c>chain query</c>: look at the state of the chain.</summary>
internal static class QueryCommand
{
    public static VerbCommand Create(VerbRunner run) => new("query",
        "Look at accounts, providers, orders, leases and more.")
    {
        Details = "Reading is free and needs no key. With --prove the answer is checked against the signatures of the validators.",
        Subcommands =
        {
            QueryAccount(run), QueryGrant(run), ListCommands.Grants(run), QueryProvider(run), ListCommands.Providers(run),
            AdmissionCommands.QueryJail(run), QueryOffer(run), ListCommands.Offers(run),
            QueryOrder(run), ListCommands.Orders(run),
            ListCommands.Bids(run), BookCommands.Book(run), BookCommands.Bill(run), BookCommands.Prices(run),
            TimelineCommand.Create(run), QueryLease(run), ListCommands.Leases(run), QueryAttestation(run),
            QueryReview(run), QueryParams(run), QueryValidators(run), AdmissionCommands.Seats(run), AdmissionCommands.SeatRequests(run),
            AdmissionCommands.Accesses(run), AdmissionCommands.AccessRequests(run), AdmissionCommands.Admissions(run),
            QuerySupply(run),
            GovernanceCommands.Proposal(run), ListCommands.Proposals(run), GovernanceCommands.Gates(run),
            GovernanceCommands.Upgrade(run),
            JusticeCommands.Case(run), JusticeCommands.Cases(run), JusticeCommands.Reputation(run),
            JusticeCommands.Beacon(run), ProofCommands.DataSet(run), ProofCommands.Log(run), ProofCommands.Probes(run),
            ProofCommands.Task(run), ProofCommands.Tasks(run), ProofCommands.Worker(run), ProofCommands.Capacity(run), ProofCommands.Capacities(run),
            ProofCommands.Tier(run), ProofCommands.Challenge(run), TrustCommands.Attestations(run), TrustCommands.Audits(run),
            TrustCommands.Reviews(run), TrustCommands.Rating(run), TrustCommands.Role(run), TrustCommands.Amendment(run),
            TrustCommands.DidDocument(run),
        },
    };

    private static VerbCommand QueryAccount(VerbRunner run)
    {
        Argument<string> who = new("who") { Description = "An address, or the name of a key in your wallet." };
        return new VerbCommand("account", "Show an account's balance and the next sequence of each lane.")
        {
            Arguments = { who },
            Examples = ["chain query account alice", "chain query account chain1… --prove"],
        }.Reads<Account>(run,
            context => $"account {context.Parse.GetValue(who)}",
            context => (reader, options, cancel) =>
                reader.AccountAsync(context.AddressOf(context.Parse.GetRequiredValue(who)), options, cancel),
            (context, account) => StateFacts.Of(context.AddressOf(context.Parse.GetRequiredValue(who)), account));
    }

    private static VerbCommand QueryGrant(VerbRunner run)
    {
        Argument<string> granter = new("granter") { Description = "Who lets the other act: an address, or the name of a key." };
        Argument<string> grantee = new("grantee") { Description = "Who may act: an address, or the name of a key." };
        return new VerbCommand("grant", "Show what one account lets another do, and how much of it is spent.")
        {
            Arguments = { granter, grantee },
            Examples = ["chain query grant alice bot --prove"],
        }.Reads<Grant>(run,
            context => $"grant of {context.Parse.GetValue(granter)} to {context.Parse.GetValue(grantee)}",
            context => (reader, options, cancel) => reader.GrantAsync(
                context.AddressOf(context.Parse.GetRequiredValue(granter)),
                context.AddressOf(context.Parse.GetRequiredValue(grantee)), options, cancel),
            (_, found) => StateFacts.Of(found));
    }

    private static VerbCommand QueryProvider(VerbRunner run)
    {
        Argument<string> who = new("who")
        {
            Description = "The provider's address, or the name of its key in your wallet.",
        };
        return new VerbCommand("provider", "Show a provider: its stake, what it has, and what is taken.")
        {
            Arguments = { who },
            Examples = ["chain query provider bob --prove"],
        }.Reads<Provider>(run,
            context => $"provider {context.Parse.GetValue(who)}",
            context => (reader, options, cancel) =>
                reader.ProviderAsync(context.AddressOf(context.Parse.GetRequiredValue(who)), options, cancel),
            (_, found) => StateFacts.Of(found));
    }

    private static VerbCommand QueryOffer(VerbRunner run)
    {
        Argument<ulong> id = new("id") { Description = "The offer's number." };
        return new VerbCommand("offer", "Show a posted price.")
        {
            Arguments = { id },
            Examples = ["chain query offer 1"],
        }.Reads<Offer>(run,
            context => $"offer {context.Parse.GetValue(id)}",
            context => (reader, options, cancel) => reader.OfferAsync(context.Parse.GetValue(id), options, cancel),
            (_, found) => StateFacts.Of(found));
    }

    private static VerbCommand QueryOrder(VerbRunner run)
    {
        Argument<ulong> id = new("id") { Description = "The order's number." };
        return new VerbCommand("order", "Show an order with its bids.")
        {
            Arguments = { id },
            Examples = ["chain query order 1"],
        }.Reads<Order>(run,
            context => $"order {context.Parse.GetValue(id)}",
            context => (reader, options, cancel) => reader.OrderAsync(context.Parse.GetValue(id), options, cancel),
            (_, found) => StateFacts.Of(found));
    }

    private static VerbCommand QueryLease(VerbRunner run)
    {
        Argument<ulong> id = new("id") { Description = "The lease's number." };
        return new VerbCommand("lease", "Show a lease: its state, its money, and until when it is paid.")
        {
            Arguments = { id },
            Examples = ["chain query lease 1 --prove"],
        }.Reads<Lease>(run,
            context => $"lease {context.Parse.GetValue(id)}",
            context => (reader, options, cancel) => reader.LeaseAsync(context.Parse.GetValue(id), options, cancel),
            (_, found) => StateFacts.Of(found));
    }

    private static VerbCommand QueryAttestation(VerbRunner run)
    {
        Argument<Hash256> uid = Values.HashArgument("uid", "The attestation's uid, which its event names.");
        return new VerbCommand("attestation", "Show what an auditor stated about somebody.")
        {
            Arguments = { uid },
            Examples = ["chain query attestation 5F3C…"],
        }.Reads<Attestation>(run,
            context => $"attestation {context.Parse.GetValue(uid)}",
            context => (reader, options, cancel) => reader.AttestationAsync(context.Parse.GetValue(uid), options, cancel),
            (_, found) => StateFacts.Of(found));
    }

    private static VerbCommand QueryReview(VerbRunner run)
    {
        Argument<ulong> lease = new("lease") { Description = "The lease's number." };
        Argument<ReviewSide> side = Values.ChoiceArgument<ReviewSide>("side", "Who wrote it.");
        return new VerbCommand("review", "Show what one side of a lease wrote about the other.")
        {
            Arguments = { lease, side },
            Examples = ["chain query review 1 tenant --prove"],
        }.Reads<Review>(run,
            context => $"review of lease {context.Parse.GetValue(lease)} by its {JsonNames.Of(context.Parse.GetValue(side))}",
            context => (reader, options, cancel) => reader.ReviewAsync(context.Parse.GetValue(lease),
                context.Parse.GetValue(side), options, cancel),
            (_, found) => StateFacts.Of(found));
    }

    private static VerbCommand QueryParams(VerbRunner run) =>
        new VerbCommand("params", "Show the chain's parameters: times, minimums, limits.").Reads<Parameters>(run,
            _ => "parameters",
            _ => (reader, options, cancel) => reader.ParametersAsync(options, cancel),
            (_, found) => StateFacts.Of(found));

    private static VerbCommand QuerySupply(VerbRunner run) =>
        new VerbCommand("supply", "Show how many credits there are, how many were burned, and what the pools hold.")
            .Reads<PoolBalances>(run,
                _ => "pools",
                _ => (reader, options, cancel) => reader.PoolsAsync(options, cancel),
                (_, found) => StateFacts.Of(found));

    private static VerbCommand QueryValidators(VerbRunner run)
    {
        Option<long?> height = new("--height")
        {
            Description = "Who decides this block (default: the newest).",
            HelpName = "H",
        };
        return new VerbCommand("validators", "Show who decides blocks, and with how much power.")
        {
            Options = { height },
        }.Does(run, async (context, cancel) =>
        {
            using ChainClient client = context.Connect();
            Height? at = context.Parse.GetValue(height) is { } value ? new Height(value) : null;
            Facts[] items = [.. (await client.ValidatorsAsync(at, cancel)).Select(v => new Facts()
                .Text("address", v.Address.ToHex()).Text("public_key", v.PublicKey.ToString()).Number("power", v.Power))];
            JsonObject json = new() { ["validators"] = new JsonArray([.. items.Select(i => (JsonNode)i.ToJson())]) };
            context.Output.Answer(json, console => Facts.PrintTable(console, items, "There are none."));
            return ExitCode.Ok;
        });
    }
}
