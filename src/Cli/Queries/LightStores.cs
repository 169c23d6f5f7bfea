using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client;
using Chain.Client.Errors;
using Chain.Client.Light;
using Chain.Consensus.Light;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Objects;

namespace Chain.Cli.Queries;

/// <summary>The trusted headers that <c>chain light sync</c> keeps, and what rests on them.</summary>
internal static class LightStores
{
    public static Option<string?> FileOption() => new("--store")
    {
        Description = "File with the headers that are trusted (default: light.json in the home).",
        HelpName = "FILE",
    };

    public static string PathOf(CliContext context, string? file) => file ?? Path.Combine(context.Home, "light.json");

    /// <summary>
    /// As the user says; else the chain's own, when the home holds its genesis; else the usual one, which is below every
    /// unbonding time that a chain may have by default.
    /// </summary>
    public static LightOptions OptionsOf(CliContext context, ulong? trustingSeconds)
    {
        ulong seconds = trustingSeconds ?? (GenesisTrust.Find(context.Home)?.Parameters ?? Parameters.Default).TrustingSeconds;
        bool fits = seconds <= (ulong)LightOptions.DurationMsMax / 1000;
        return LightOptions.Default(fits ? (long)seconds * 1000 : 0);
    }

    /// <summary>
    /// The validators that the proof's header names, when that header follows from the store's; else zero. Offline only a
    /// header in the store counts.
    /// </summary>
    public static async Task<Hash256> TrustedValidatorsAsync(
        CliContext context, string? file, ProofBundle bundle, bool isOffline, CancellationToken cancel)
    {
        string path = PathOf(context, file);
        if (file is null && !File.Exists(path)) return default;
        LightStoreFile store = new(path);
        Header header = bundle.SignedHeader.Header;
        if (store.Blocks.Count == 0 || store.Blocks[0].Header.ChainId != header.ChainId) return default;
        foreach (LightBlock block in store.Blocks)
        {
            if (block.Header.Hash() == header.Hash()) return header.ValidatorsHash;
        }
        if (isOffline) return default;
        try
        {
            using ChainClient node = context.Connect();
            LightClient client = new(
                OptionsOf(context, null), store, new RpcLightSource(node), [], TimeProvider.System);
            LightSync sync = await client.SyncAsync(header.Height, cancel);
            return sync.Trusted!.Header.Hash() == header.Hash() ? header.ValidatorsHash : default;
        }
        catch (ClientException e) when (e.Error.Code == ClientErrorCode.TrustExpired)
        {
            context.Output.Warn($"The headers in {path} have expired; they prove nothing here. {e.Error.Remedy}");
            return default;
        }
    }
}
