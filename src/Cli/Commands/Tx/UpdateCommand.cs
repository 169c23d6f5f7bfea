using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.State;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Update;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx update</c>.</summary>
internal static class UpdateCommand
{
    /// <summary>Time for the transaction to get into a block, on top of the least lead.</summary>
    private const ulong LeadSlackSeconds = 60;

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
                + "Classes: cpu_milli, memory_mib, storage_gib, and cards by their kind, as nvidia/h100/80/sxm.",
            HelpName = "CLASS=UNITS",
        };
        capacity.Checked(text => Pairs.ReadCapacity([text]));
        Option<ulong?> maintenance = Values.OptionalSeconds("--maintenance",
            "Announce maintenance of this length; what probers find then does not count against you.");
        Option<ulong?> maintenanceIn = Values.OptionalSeconds("--maintenance-in",
            "When it begins, from now (default: the chain's least lead, and a minute).");
        Option<string?> snapshot = new("--snapshot")
        {
            Description = "Post this period's snapshot of all that you have now; any text that stands for the "
                + "inventory; only its hash goes on the chain. Without one in time you are suspended.",
            HelpName = "TEXT",
        };
        TxOptions options = new();
        VerbCommand command = new("update", "As a provider, pause, resume or leave, or change what you offer.")
        {
            Details = "A paused provider takes nothing new; its leases run on. One that exits never comes back, and may unbond its\n"
                + "whole stake once its leases have ended; when all of it is claimed, it may retire. A validator seat is left first\n"
                + "('chain tx validator leave'). One that was jailed for voting twice returns with 'unjail' when its time is over\n"
                + "('chain query jail') and its stake is enough again ('chain tx stake bond'); its seat returns with it.",
            Options = { status, region, endpoint, capacity, maintenance, maintenanceIn, snapshot },
            Examples = ["chain tx update --status pause --from bob --wait",
                "chain tx update --region FR --capacity cpu_milli=16000 --from bob --wait",
                "chain tx update --maintenance 20m --maintenance-in 2h --from bob --wait",
                "chain tx update --snapshot \"inventory 2026-11-21\" --from bob --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) =>
        {
            Update asked = Read(context);
            return TransactionFlow.RunAsync(context, options, (_, client, token) => CompleteAsync(context, client, asked, token), cancel);
        });

        // What the options say by themselves; a mistake in them shows before any node is asked.
        Update Read(CliContext context)
        {
            string endpointText = context.Parse.GetValue(endpoint)!;
            Update asked = new(
                context.Parse.GetValue(status),
                context.Parse.GetValue(region)!,
                endpointText.Length == 0 ? default : Sha256.Hash(Encoding.UTF8.GetBytes(endpointText)),
                Pairs.ReadCapacity(context.Parse.GetValue(capacity) ?? []));
            bool isEmpty = asked.Change == StatusChange.None && !asked.ChangesFields
                && context.Parse.GetValue(maintenance) is null && context.Parse.GetValue(snapshot) is null;
            if (!isEmpty) return asked;
            throw new ClientException(ClientErrorCode.BadInput, "There is nothing to update.",
                "No option says what to change.", "Pass --status, --region, --endpoint, --capacity, --maintenance or --snapshot.");
        }

        async Task<Message> CompleteAsync(CliContext context, ChainClient client, Update asked, CancellationToken cancel)
        {
            Update message = asked;
            StateReader reader = new(client);
            if (context.Parse.GetValue(maintenance) is { } length)
            {
                Parameters parameters = await reader.CurrentParametersAsync(cancel);
                ulong wait = context.Parse.GetValue(maintenanceIn) ?? (parameters.MaintenanceLeadSeconds + LeadSlackSeconds);
                MarketTime from = await reader.MarketTimeAsync(cancel) + wait;
                message = message with { Maintenance = new MaintenanceWindow(from, from + Math.Max(1, length), 0) };
            }
            if (context.Parse.GetValue(snapshot) is { } inventory)
            {
                Parameters parameters = await reader.CurrentParametersAsync(cancel);
                Address sender = context.AddressOf(context.Parse.GetRequiredValue(options.From));
                IReadOnlyList<ClassCapacity> held = (await reader.ProviderAsync(sender, StateReadOptions.Newest, cancel)).Value?.Capacity ?? [];
                ulong period = SnapshotClock.PeriodOf(await reader.MarketTimeAsync(cancel), parameters);
                message = message with
                {
                    Snapshot = new CapacitySnapshot(period, Sha256.Hash(Encoding.UTF8.GetBytes(inventory))),
                    Capacity = [.. held.Select(entry => message.Capacity.FirstOrDefault(
                        given => given.CompareTo(entry) == 0, new ClassCapacity(entry.Class, entry.Total) { Gpu = entry.Gpu }))],
                };
            }
            return message;
        }
    }
}
