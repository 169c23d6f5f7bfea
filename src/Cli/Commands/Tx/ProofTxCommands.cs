using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using Chain.Cli.Terminal;
using Chain.Cli.Transactions;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Client.State;
using Chain.Primitives.Bytes;
using Chain.Primitives.Merkle;
using Chain.StateMachine.Proof;
using Chain.StateMachine.Proof.Logs;
using Chain.StateMachine.Proof.Probes;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Store;

namespace Chain.Cli.Commands.Tx;

/// <summary>Showing that a service is what it should be: <c>chain tx data-name|data-prove|log-anchor|probe</c>.</summary>
internal static class ProofTxCommands
{
    public static VerbCommand NameData(VerbRunner run)
    {
        Argument<ulong> lease = LeaseArgument();
        Argument<string> file = FileArgument();
        TxOptions options = new();
        VerbCommand command = new("data-name", "Name the data that a lease stores. Once both sides have named the same, it is challenged.")
        {
            Details = "Only the root of a Merkle tree over the file, in leaves of 1024 bytes, goes on the chain.",
            Arguments = { lease, file },
            Examples = ["chain tx data-name 1 backup.tar --from alice --wait", "chain tx data-name 1 backup.tar --from bob --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) =>
        {
            List<byte[]> leaves = LeavesOf(context.Parse.GetRequiredValue(file));
            NameData message = new(context.Parse.GetValue(lease), MerkleTree.Root(leaves), (ulong)leaves.Count);
            return TransactionFlow.RunAsync(context, options, message, cancel);
        });
    }

    public static VerbCommand ProveData(VerbRunner run)
    {
        Argument<ulong> lease = LeaseArgument();
        Argument<string> file = FileArgument();
        TxOptions options = new();
        VerbCommand command = new("data-prove", "As a provider, answer the challenge that is open: show that you still have the data.")
        {
            Details = "A period that is not proven earns nothing, and too many in a row send you to jail.",
            Arguments = { lease, file },
            Examples = ["chain tx data-prove 1 backup.tar --from bob --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, async (_, client, token) =>
        {
            ulong id = context.Parse.GetValue(lease);
            StateReader reader = new(client);
            ulong count = (await reader.CurrentParametersAsync(token)).StorageChallenges;
            FetchedState state = await reader.FetchAsync([new StateKey(StoreId.Market, Schema.Key(ProofSchema.DataSet, id))], token);
            if (DataSet.Load(state, id) is not { State: DataSetState.Open } set)
            {
                throw new ClientException(ClientErrorCode.NotFound, $"No challenge is open for lease {id}.",
                    "The data is not named by both sides, or it is between two periods.", $"See 'chain query data-set {id}'.");
            }
            List<byte[]> leaves = LeavesOf(context.Parse.GetRequiredValue(file));
            if (MerkleTree.Root(leaves) != set.Root)
            {
                throw new ClientException(ClientErrorCode.BadInput, "This is not the file that was named.",
                    "Its Merkle root is another one.", "Pass the very file of 'chain tx data-name'.");
            }
            return new ProveData(id, [.. set.Challenged(count).Select(place =>
                new StorageProof(leaves[(int)place], MerkleTree.Prove(leaves, (int)place).Aunts))]);
        }, cancel));
    }

    public static VerbCommand AnchorLog(VerbRunner run)
    {
        Argument<ulong> lease = LeaseArgument();
        Argument<ulong> index = new("index") { Description = "Which root this is: 1, 2, 3 and so on." };
        Argument<Hash256> root = Values.HashArgument("root", "Merkle root over the log so far.");
        TxOptions options = new();
        VerbCommand command = new("log-anchor", "As a provider, fix the root of a lease's log, so that nobody can change it afterwards.")
        {
            Arguments = { lease, index, root },
            Examples = ["chain tx log-anchor 1 1 5F3C… --from bob --wait"],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(
            context, options,
            new AnchorLog(context.Parse.GetValue(lease), context.Parse.GetValue(index), context.Parse.GetValue(root)), cancel));
    }

    public static VerbCommand Probe(VerbRunner run)
    {
        Argument<ulong> epoch = new("epoch") { Description = "The epoch's number; see 'chain query probes'." };
        Option<string[]> reports = new("--report")
        {
            Description = "What you found, as LEASE=GOOD/SAMPLES; may be repeated.",
            HelpName = "REPORT",
            Required = true,
        };
        reports.Checked(text => ReadReport(text));
        Option<string> secret = new("--secret")
        {
            Description = "Any text that others cannot guess; it hides your reports until you reveal them.",
            HelpName = "TEXT",
            Required = true,
        };
        Option<bool> reveal = new("--reveal") { Description = "Reveal what you committed to, in the last quarter of the epoch." };
        TxOptions options = new();
        VerbCommand command = new("probe", "As a prober, commit to what you measured of leases, and later reveal it.")
        {
            Details = "Whoever commits and does not reveal, or is far from the other probers, loses a part of its stake.",
            Arguments = { epoch },
            Options = { reports, secret, reveal },
            Examples =
            [
                "chain tx probe 1472688 --report 1=60/60 --report 4=12/60 --secret \"red kite\" --from carol --wait",
                "chain tx probe 1472688 --report 1=60/60 --report 4=12/60 --secret \"red kite\" --reveal --from carol --wait",
            ],
        };
        options.AddTo(command);
        return command.Does(run, (context, cancel) => TransactionFlow.RunAsync(context, options, async (_, client, token) =>
        {
            ParseResult parse = context.Parse;
            ulong number = parse.GetValue(epoch);
            LeaseProbe[] probes = [.. parse.GetRequiredValue(reports).Select(ReadReport).OrderBy(probe => probe.LeaseId)];
            Hash256 salt = Secrets.SaltOf(parse.GetRequiredValue(secret));
            if (parse.GetValue(reveal)) return new SubmitProbes(number, salt, probes);
            NodeStatus status = await client.StatusAsync(token);
            Address prober = context.AddressOf(parse.GetRequiredValue(options.From));
            return new SubmitProbes(number, ProbeBook.Commit(status.ChainId, number, prober, probes, salt), []);
        }, cancel));
    }

    private static LeaseProbe ReadReport(string text)
    {
        string[] sides = text.Split('=', '/');
        bool isReport = sides.Length == 3
            & ulong.TryParse(sides[0], NumberStyles.None, NumberFormatInfo.InvariantInfo, out ulong lease)
            & ulong.TryParse(sides.ElementAtOrDefault(1), NumberStyles.None, NumberFormatInfo.InvariantInfo, out ulong good)
            & ulong.TryParse(sides.ElementAtOrDefault(2), NumberStyles.None, NumberFormatInfo.InvariantInfo, out ulong samples);
        if (isReport && samples > 0 && good <= samples) return new LeaseProbe(lease, good, samples);
        throw new ClientException(ClientErrorCode.BadInput, $"'{text}' is not a report.",
            "It is written LEASE=GOOD/SAMPLES, with no more good samples than samples.", "For example --report 1=58/60.");
    }

    private static List<byte[]> LeavesOf(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClientException(ClientErrorCode.BadInput, $"The file cannot be read: {path}.", e.Message, "Check the path.");
        }
        List<byte[]> leaves = [];
        for (int at = 0; at < bytes.Length; at += StorageProof.LeafBytesMax)
        {
            leaves.Add(bytes[at..Math.Min(bytes.Length, at + StorageProof.LeafBytesMax)]);
        }
        if (leaves.Count > 0) return leaves;
        throw new ClientException(ClientErrorCode.BadInput, $"The file is empty: {path}.", "There is nothing to prove of it.", "Name another file.");
    }

    private static Argument<ulong> LeaseArgument() => new("lease") { Description = "The lease's number." };

    private static Argument<string> FileArgument() => new("file") { Description = "The data itself; it stays with you." };
}
