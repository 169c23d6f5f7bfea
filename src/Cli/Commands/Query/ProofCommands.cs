using System.CommandLine;
using Chain.Cli.Queries;
using Chain.Cli.Terminal;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.Cli.Commands.Query;

/// <summary>What <c>chain query</c> says of proofs and probes.</summary>
internal static class ProofCommands
{
    public static VerbCommand DataSet(VerbRunner run) => OfLease(run, "data-set", "data_set",
        "Show the data that a lease stores, and the challenge that is open.");

    public static VerbCommand Log(VerbRunner run) => OfLease(run, "log", "log", "Show the newest anchored root of a lease's log.");

    public static VerbCommand Probes(VerbRunner run)
    {
        Argument<ulong> epoch = new("epoch") { Description = "The epoch's number: market time divided by epoch_seconds." };
        Option<ulong?> lease = new("--lease") { Description = "Also who is drawn for this lease, and the reports on it.", HelpName = "N" };
        return new VerbCommand("probes", "Show an epoch of probing, while it runs.")
        {
            Arguments = { epoch },
            Options = { lease },
            Examples = ["chain query probes 1472688 --lease 1"],
        }.Shows(run, context => context.Parse.GetValue(lease) is { } id
            ? $"/market/probes/{context.Parse.GetValue(epoch)}?lease={id}"
            : $"/market/probes/{context.Parse.GetValue(epoch)}");
    }

    public static VerbCommand Capacity(VerbRunner run)
    {
        Argument<string> who = new("who") { Description = "The provider's address, or the name of its key in your wallet." };
        return new VerbCommand("capacity", "Show what a provider has proven of its capacity, and what it may promise.")
        {
            Arguments = { who },
            Examples = ["chain query capacity bob"],
        }.Shows(run, context => $"/market/capacity/{context.AddressOf(context.Parse.GetRequiredValue(who))}");
    }

    public static VerbCommand Capacities(VerbRunner run) =>
        new VerbCommand("capacities", "List the providers whose capacity is challenged.") { Examples = ["chain query capacities --state open"] }
            .Lists(run, "capacities", _ => "/market/capacities",
                [ListFilter.Choice<CapacityState>("--state", "Only those in this state.")],
                [new("provider", "provider"), new("state", "state"), new("due", "due"), new("classes", "classes", Format: ListFormat.Count)]);

    public static VerbCommand Tier(VerbRunner run)
    {
        Argument<string> who = new("who") { Description = "The provider's address, or the name of its key in your wallet." };
        return new VerbCommand("tier", "Show a provider's tier, and which attestations give it.")
        {
            Arguments = { who },
            Examples = ["chain query tier bob"],
        }.Shows(run, context => $"/market/tier/{context.AddressOf(context.Parse.GetRequiredValue(who))}");
    }

    public static VerbCommand Challenge(VerbRunner run)
    {
        Argument<string> issuer = new("issuer") { Description = "Who asked for it: an address, or the name of a key." };
        Argument<string> subject = new("subject") { Description = "Whom it is about: an address, or the name of a key." };
        Argument<AttestationSchema> schema = Values.ChoiceArgument<AttestationSchema>("schema", "What will be attested.");
        return new VerbCommand("challenge", "Show the nonce that an auditor's attestation has to carry.")
        {
            Arguments = { issuer, subject, schema },
            Examples = ["chain query challenge auditor bob hardware"],
        }.Shows(run, context => $"/market/challenge/{context.AddressOf(context.Parse.GetRequiredValue(issuer))}"
            + $"/{context.AddressOf(context.Parse.GetRequiredValue(subject))}?schema={JsonNames.Of(context.Parse.GetValue(schema))}");
    }

    public static VerbCommand Task(VerbRunner run)
    {
        Argument<ulong> id = new("id") { Description = "The task's number." };
        return new VerbCommand("task", "Show a computation that several do: who was drawn, and what came of it.")
        {
            Arguments = { id },
            Examples = ["chain query task 1"],
        }.Shows(run, context => $"/market/task/{context.Parse.GetValue(id)}");
    }

    public static VerbCommand Tasks(VerbRunner run) =>
        new VerbCommand("tasks", "List computations.") { Examples = ["chain query tasks --state enrol"] }.Lists(
            run, "tasks", _ => "/market/tasks",
            [
                ListFilter.Choice<TaskState>("--state", "Only those in this state."),
                ListFilter.Who("--requester", "Only those of this address."),
            ],
            [
                new("id", "id"), new("state", "state"), new("trust", "trust"), new("reward credits", "reward"),
                new("stake credits", "stake"), new("round", "round", 1), new("workers", "workers", Format: ListFormat.Count),
            ]);

    public static VerbCommand Worker(VerbRunner run)
    {
        Argument<string> worker = new("worker") { Description = "The worker's address or key name." };
        return new VerbCommand("worker", "Show how many results of a worker in a row were found right: who has ten may work alone.")
        {
            Arguments = { worker },
            Examples = ["chain query worker bob"],
        }.Shows(run, context => $"/market/worker/{context.AddressOf(context.Parse.GetRequiredValue(worker))}");
    }

    private static VerbCommand OfLease(VerbRunner run, string name, string path, string summary)
    {
        Argument<ulong> lease = new("lease") { Description = "The lease's number." };
        return new VerbCommand(name, summary) { Arguments = { lease }, Examples = [$"chain query {name} 1"] }
            .Shows(run, context => $"/market/{path}/{context.Parse.GetValue(lease)}");
    }
}
