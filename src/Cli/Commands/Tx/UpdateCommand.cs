using System.CommandLine;
using System.Text;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client.Errors;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions.Update;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx update</c>.</summary>
internal static class UpdateCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Option<StatusChange> status = Values.ChoiceOption<StatusChange>("--status", "What to do.", StatusChange.None);
        Option<string> region = new("--region")
        {
            Description = "Where the machines are now, for example DE.",
            DefaultValueFactory = _ => "",
        };
        Option<string> endpoint = new("--endpoint")
        {
            Description = "Where tenants reach you now; only its hash goes on the chain.",
            DefaultValueFactory = _ => "",
        };
        Option<string[]> capacity = new("--capacity")
        {
            Description = "What you have now in all, as class=units; may be repeated. Classes that you leave out stay as they are. "
                + $"Classes: {JsonNames.AllOf<ResourceClass>()}.",
            HelpName = "CLASS=UNITS",
        };
        TxOptions options = new();
        VerbCommand command = new("update", "As a provider, pause, resume or leave, or change what you offer.")
        {
            Details = "A paused provider takes nothing new; its leases run on. One that exits never comes back, and may unbond its\n"
                + "whole stake once its leases have ended; when all of it is claimed, it may retire. A validator seat is left first\n"
                + "('chain tx validator leave'). One that was jailed for voting twice returns with 'unjail' when its time is over\n"
                + "('chain query jail') and its stake is enough again ('chain tx stake bond'); its seat returns with it.",
            Options = { status, region, endpoint, capacity },
            Examples = ["chain tx update --status pause --from bob --wait",
                "chain tx update --region FR --capacity cpu_milli=16000 --from bob --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) =>
        {
            string endpointText = context.Parse.GetValue(endpoint)!;
            Update message = new(
                context.Parse.GetValue(status),
                context.Parse.GetValue(region)!,
                endpointText.Length == 0 ? default : Sha256.Hash(Encoding.UTF8.GetBytes(endpointText)),
                Pairs.ReadCapacity(context.Parse.GetValue(capacity) ?? []));
            if (message.Change == StatusChange.None && !message.ChangesFields)
            {
                throw new ClientException(ClientErrorCode.BadInput, "There is nothing to update.",
                    "No option says what to change.", "Pass --status, --region, --endpoint or --capacity.");
            }
            return TransactionFlow.RunAsync(context, options, message, cancel);
        });
    }
}
