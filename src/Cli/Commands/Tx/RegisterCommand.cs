using System.CommandLine;
using System.Text;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions.Register;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx register</c>.</summary>
internal static class RegisterCommand
{
    private const uint SchemaVersion = 1;

    public static VerbCommand Create(VerbRunner run)
    {
        Option<Role> role = Values.ChoiceOption<Role>("--role", "What to register as.", Role.Provider);
        Option<ulong> stake = Values.AmountOption("--stake",
            "Credits to put behind the role; they can be lost for misbehaving.");
        stake.Required = true;
        Option<string> region = new("--region")
        {
            Description = "Where the machines are, for example DE.",
            DefaultValueFactory = _ => "",
        };
        Option<string> endpoint = new("--endpoint")
        {
            Description = "Where tenants reach you; only its hash goes on the chain.",
            DefaultValueFactory = _ => "",
        };
        Option<string> did = new("--did")
        {
            Description = "A decentralized identifier, if you have one.",
            DefaultValueFactory = _ => "",
        };
        Option<string[]> capacity = new("--capacity")
        {
            Description = "What you have, as class=units; may be repeated. Classes: cpu_milli, memory_mib, storage_gib, and cards by their kind, "
                + "as nvidia/h100/80/sxm.",
            HelpName = "CLASS=UNITS",
        };
        Option<string[]> attributes = new("--attribute")
        {
            Description = "Something tenants may ask for, as name=value; may be repeated.",
            HelpName = "NAME=VALUE",
        };
        capacity.Checked(text => Pairs.ReadCapacity([text]));
        attributes.Checked(text => Pairs.ReadAttributes([text]));
        TxOptions options = new();
        VerbCommand command = new("register", "Take on a role, for example provider, with a stake behind it.")
        {
            Options = { role, stake, region, endpoint, did, capacity, attributes },
            Examples =
            [
                "chain tx register --stake 1000 --region DE --capacity cpu_milli=8000 --capacity memory_mib=32768 --from bob --wait",
                "chain tx register --role auditor --stake 1000 --from auditor --wait",
            ],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) =>
        {
            string endpointText = context.Parse.GetValue(endpoint)!;
            Register message = new(
                context.Parse.GetValue(role),
                context.Parse.GetRequiredValue(stake),
                context.Parse.GetValue(did)!,
                endpointText.Length == 0 ? default : Sha256.Hash(Encoding.UTF8.GetBytes(endpointText)),
                Pairs.ReadCapacity(context.Parse.GetValue(capacity) ?? []),
                context.Parse.GetValue(region)!,
                Pairs.ReadAttributes(context.Parse.GetValue(attributes) ?? []),
                SchemaVersion);
            return TransactionFlow.RunAsync(context, options, message, cancel);
        });
    }
}
