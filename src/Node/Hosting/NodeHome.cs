using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chain.Node.Core;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Genesis;

namespace Chain.Node.Hosting;

/// <summary>
/// The folder in which a node lives: <c>config/</c> (what the operator owns), <c>data/</c> (what the node writes) and
/// <c>keys/</c> (the wallet of the command line).
/// </summary>
public sealed class NodeHome(string root)
{
    public string Root { get; } = Path.GetFullPath(root);

    public string GenesisFile => Path.Combine(Root, "config", "genesis.json");

    /// <summary>The state that the chain begins with, when its genesis names one.</summary>
    public string GenesisStateFile => GenesisStateFileBeside(GenesisFile);

    public string ConfigFile => Path.Combine(Root, "config", "node.json");

    /// <summary>The consensus key: what this validator signs blocks with.</summary>
    public string ValidatorKeyFile => Path.Combine(Root, "config", "validator_key.json");

    /// <summary>The node key: what this node shows to its peers.</summary>
    public string NodeKeyFile => Path.Combine(Root, "config", "node_key.json");

    /// <summary>What was signed last. Never copy it back from an older backup.</summary>
    public string SignerStateFile => Path.Combine(Root, "data", "signer.state");

    /// <summary>Locked by the process that works on the data of this home.</summary>
    public string LockFile => Path.Combine(Root, "data", "home.lock");

    public string StateFolder => Path.Combine(Root, "data", "state");

    public string LogFolder => Path.Combine(Root, "data", "wal");

    /// <summary>True when <c>chain init</c> or <c>chain dev</c> has been here.</summary>
    public bool Exists => File.Exists(GenesisFile);

    /// <summary>Where the state file of a genesis lies.</summary>
    public static string GenesisStateFileBeside(string genesisFile) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(genesisFile))!, "genesis-state.jsonl");

    /// <summary>Reads <c>config/node.json</c>; an unknown key or a bad value stops the node with its line.</summary>
    public NodeConfig ReadConfig()
    {
        try
        {
            using FileStream file = File.OpenRead(ConfigFile);
            NodeConfig config = JsonSerializer.Deserialize(file, NodeConfigJson.Default.NodeConfig)
                ?? throw new JsonException("the file holds null");
            if (config.MempoolTransactionsMax < 1) throw new JsonException("mempool_transactions_max must be at least 1");
            if (config.MempoolBytesMax < Limits.TransactionBytesMax)
            {
                throw new JsonException($"mempool_bytes_max must be at least {Limits.TransactionBytesMax}, the size of one transaction");
            }
            if (config.RetainBlocks is < 0 or (> 0 and < ReplicaLimits.RetainBlocksMin))
            {
                throw new JsonException($"retain_blocks must be 0, for all, or at least {ReplicaLimits.RetainBlocksMin}");
            }
            if (config.SnapshotInterval < 0) throw new JsonException("snapshot_interval must not be negative");
            if (config.StateSyncHeight < 0) throw new JsonException("state_sync_height must not be negative");
            if (config.StateSyncHeight > 0 && !Hash256.TryParse(config.StateSyncHash, out _))
            {
                throw new JsonException("state_sync_hash must be the 64 hexadecimal digits of the hash of that height's header");
            }
            if (config.StateSyncHeight > 0 && config.PeerAddress.Length == 0)
            {
                throw new JsonException("state_sync_height needs peers: set peer_address and peers");
            }
            return config;
        }
        catch (JsonException e)
        {
            string line = e.LineNumber is { } number ? $", line {number + 1}" : "";
            throw new NodeStopException(
                ExitCode.BadInput, $"{ConfigFile}{line}: {Fault(e)}", "Correct the file; 'chain init' writes one with every key.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NodeStopException(
                ExitCode.BadInput, $"{ConfigFile} cannot be read: {e.Message}", ReadRemedy(e), e);
        }
    }

    /// <summary>The fault without the names of our own types; an unknown key with the known one that is nearest.</summary>
    private static string Fault(JsonException fault)
    {
        if (fault.Path is not ['$', '.', .. string key]) return fault.Message;
        List<string> known = [];
        foreach (JsonPropertyInfo property in NodeConfigJson.Default.NodeConfig.Properties)
        {
            known.Add(property.Name);
            if (property.Name != key) continue;
            return property.PropertyType.IsEnum
                ? $"{key} must be one of {string.Join(", ", Enum.GetNames(property.PropertyType)).ToLowerInvariant()}"
                : $"{key} has a value of the wrong type or range";
        }
        return $"an unknown key \"{key}\"{NearestName.Hint(key, known)}";
    }

    public string ReadGenesis()
    {
        try
        {
            return File.ReadAllText(GenesisFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NodeStopException(
                ExitCode.BadInput, $"{GenesisFile} cannot be read: {e.Message}", ReadRemedy(e), e);
        }
    }

    private string ReadRemedy(Exception fault) => fault is UnauthorizedAccessException
        ? StopReport.PermissionRemedy
        : $"Run 'chain init --home {Root}' first.";
}
