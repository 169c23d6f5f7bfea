using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Text.Json.Nodes;
using Chain.Cli.Queries;
using Chain.Cli.Terminal;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.Light;
using Chain.Consensus.Light;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Cli.Commands;

/// <summary><c>chain light sync</c>: follow the chain's headers from one that the user trusts.</summary>
internal static class LightSyncCommand
{
    public static VerbCommand Create(VerbRunner run)
    {
        Option<long?> trustHeight = new("--trust-height")
        {
            Description = "Height of a block that you know to be right.",
            HelpName = "H",
        };
        Option<Hash256> trustHash = Values.HashOption("--trust-hash", "Hash of that block's header.");
        Option<long?> height = new("--height")
        {
            Description = "Verify this height (default: the node's newest).",
            HelpName = "H",
        };
        Option<string[]> witnesses = new("--witness")
        {
            Description = "Another node to compare with; may be given several times.",
            HelpName = "URL",
        };
        Option<ulong?> period = Values.OptionalSeconds("--trusting-period",
            "How long a header is worth trusting; below the chain's unbonding time.");
        Option<string?> store = LightStores.FileOption();
        return new VerbCommand("sync", "Follow the headers from one that you trust, believing no node.")
        {
            Details = "The first time, name a block whose hash you have from a source that you trust, younger than the trusting period. Every further header is then verified by\n"
                + "the validators' signatures, and compared with the witnesses' before it is kept. The next time the store suffices, as\n"
                + "long as its newest header is younger than the trusting period.",
            Options = { trustHeight, trustHash, height, witnesses, period, store },
            Examples =
            [
                "chain light sync --trust-height 125000 --trust-hash 9A1B…",
                "chain light sync --node http://10.0.0.1:26657 --witness http://10.0.0.2:26657",
            ],
        }.Does(run, async (context, cancel) =>
        {
            ParseResult parse = context.Parse;
            Hash256 hash = parse.GetValue(trustHash);
            if (parse.GetValue(trustHeight) is null != hash.IsZero) throw HalfATrust();
            List<ChainClient> nodes = [];
            try
            {
                foreach (string url in parse.GetValue(witnesses) ?? []) nodes.Add(new ChainClient(url));
                ILightSource[] others = [.. nodes.Select(node => new RpcLightSource(node))];
                nodes.Add(context.Connect());
                LightStoreFile file = new(LightStores.PathOf(context, parse.GetValue(store)));
                LightClient client = new(
                    LightStores.OptionsOf(context, parse.GetValue(period)), file, new RpcLightSource(nodes[^1]), others, TimeProvider.System);
                if (parse.GetValue(trustHeight) is { } at) await client.TrustAsync(new Height(at), hash, cancel);
                LightSync sync = await client.SyncAsync(parse.GetValue(height) is { } goal ? new Height(goal) : null, cancel);
                return sync.Conflict is { } conflict ? Forked(context, sync, conflict) : Answer(context, sync);
            }
            finally
            {
                foreach (ChainClient node in nodes) node.Dispose();
            }
        });
    }

    private static ClientException HalfATrust() => new(ClientErrorCode.BadInput, "A trusted block has a height and a hash.",
        "Only one of --trust-height and --trust-hash was given.", "Give both, or neither to go on from the store.");

    private static int Answer(CliContext context, LightSync sync)
    {
        Header header = sync.Trusted!.Header;
        int verified = sync.Path.Count - 1;
        JsonObject json = FactsOf(header).ToJson();
        json["verified_from"] = sync.Path[0].Height.ToString();
        json["headers_verified"] = verified;
        json["witnesses"] = new JsonArray([.. sync.Witnesses.Select(WitnessJson)]);
        context.Output.Answer(json, console =>
        {
            string how = verified == 0 ? "was verified before"
                : $"follows from block {sync.Path[0].Height} by {(verified == 1 ? "one header" : $"{verified} headers")} verified";
            console.WriteLine($"Block {header.Height} of {header.ChainId} {how}.");
            FactsOf(header).Print(console);
            foreach (WitnessReport report in sync.Witnesses)
            {
                string detail = report.Detail.Length == 0 ? "" : $": {report.Detail}";
                console.WriteLine($"Witness {report.Name}: {JsonNames.Of(report.State)}{detail}");
            }
            if (sync.Witnesses.Count == 0) console.WriteLine("No witness was asked; name one with --witness URL.");
        });
        return ExitCode.Ok;
    }

    private static int Forked(CliContext context, LightSync sync, HeaderConflict conflict)
    {
        JsonObject details = new()
        {
            ["conflict"] = new JsonObject
            {
                ["kind"] = JsonNames.Of(conflict.Kind),
                ["common_height"] = conflict.CommonHeight.ToString(),
                ["primary"] = FactsOf(conflict.Primary.Header).ToJson(),
                ["witness"] = FactsOf(conflict.Witness.Header).ToJson(),
            },
            ["witnesses"] = new JsonArray([.. sync.Witnesses.Select(WitnessJson)]),
        };
        context.Output.Fail(new ClientError(ClientErrorCode.HeadersConflict,
            $"Two blocks of height {conflict.Primary.Height} were decided.",
            $"The node proved {conflict.Primary.Header.Hash()}, a witness {conflict.Witness.Header.Hash()}; they agree up to height "
            + $"{conflict.CommonHeight} ({JsonNames.Of(conflict.Kind)}). A third or more of the validators' power is at fault.",
            "Stop relying on this chain, keep both nodes' answers, and tell its operators. Nothing was kept here."), details);
        return ExitCode.Failed;
    }

    private static Facts FactsOf(Header header) => new Facts()
        .Text("chain_id", header.ChainId)
        .Number("height", header.Height.Value)
        .Hash("hash", header.Hash())
        .Text("time", header.Time.ToString())
        .Hash("app_hash", header.AppHash)
        .Hash("validators_hash", header.ValidatorsHash);

    private static JsonNode WitnessJson(WitnessReport report) => new JsonObject
    {
        ["node"] = report.Name,
        ["state"] = JsonNames.Of(report.State),
        ["detail"] = report.Detail,
    };
}
