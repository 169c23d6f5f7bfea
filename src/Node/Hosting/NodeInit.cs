using System;
using System.IO;
using System.Security.Cryptography;
using System.Text.Json;
using Chain.Consensus.Recovery;
using Chain.Node.Keys;
using Chain.Node.Signing;
using Chain.Node.Storage;
using Chain.Node.Storage.Disk;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Genesis;

namespace Chain.Node.Hosting;

/// <summary>
/// Makes a node's home: keys, configuration, genesis, and the sign guard armed for that genesis. Refuses a home that exists.
/// The genesis is written last: an init that was interrupted leaves no home that starts, and running it again goes on with the
/// keys that it made.
/// </summary>
public static class NodeInit
{
    /// <summary>Returns the genesis that the home now holds.</summary>
    public static GenesisDocument Run(NodeHome home, InitOptions options)
    {
        if (home.Exists)
        {
            throw new NodeStopException(
                ExitCode.BadInput,
                $"{home.Root} holds a node already",
                "Start it with 'chain start', or name another folder with --home.");
        }
        try
        {
            Directory.CreateDirectory(Path.Combine(home.Root, "config"));
            Directory.CreateDirectory(Path.Combine(home.Root, "data"));
            RefuseArmedGuard(home);
            using PrivateKey validator = KeyAt(home.ValidatorKeyFile);
            using PrivateKey node = KeyAt(home.NodeKeyFile);
            GenesisDocument genesis = options.Import is { } import
                ? import.Place(home, options, validator.PublicKey, node.PublicKey)
                : options.Genesis ?? NetworkGenesis.Of(
                    options, [new GenesisMember(options.Operator, validator.PublicKey, node.PublicKey, options.Config.Moniker)]);
            RealDisk disk = new();
            disk.Delete(home.ConfigFile);
            DurableFile.CreateNew(disk, home.ConfigFile, JsonSerializer.SerializeToUtf8Bytes(options.Config, NodeConfigJson.Default.NodeConfig));
            SignerStateFile.Create(disk, home.SignerStateFile, SignGuard.Arm(genesis.Hash()).Encode()).Dispose();
            DurableFile.CreateNew(disk, home.GenesisFile, genesis.ToJson());
            return genesis;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new NodeStopException(
                ExitCode.Unavailable, $"{home.Root} cannot be written: {e.Message}", StopReport.PermissionRemedy, e);
        }
        catch (IOException e)
        {
            throw new NodeStopException(
                ExitCode.Storage, $"{home.Root} cannot be written: {e.Message}", "Make room or name another folder with --home.", e);
        }
    }

    /// <summary>A guard without a genesis: an init cut off at its last step, or a home that lost its genesis. Only a person can tell.</summary>
    private static void RefuseArmedGuard(NodeHome home)
    {
        if (!File.Exists(home.SignerStateFile)) return;
        throw new NodeStopException(
            ExitCode.Signer,
            $"{home.SignerStateFile} guards a key of a chain whose genesis is not here",
            $"If this node ran before, put its genesis back as {home.GenesisFile}. If it never did, remove {home.Root} and begin again.");
    }

    /// <summary>Makes the keys of a home that has none yet, and tells their public halves.</summary>
    public static GenesisMember MakeKeys(NodeHome home, Address account, string moniker)
    {
        Directory.CreateDirectory(Path.Combine(home.Root, "config"));
        using PrivateKey validator = KeyAt(home.ValidatorKeyFile);
        using PrivateKey node = KeyAt(home.NodeKeyFile);
        return new GenesisMember(account, validator.PublicKey, node.PublicKey, moniker);
    }

    private static PrivateKey KeyAt(string path)
    {
        if (File.Exists(path)) return KeyFile.Load(path);
        PrivateKey key = PrivateKey.FromSeed(RandomNumberGenerator.GetBytes(Ed25519.SeedSize));
        KeyFile.Create(path, key);
        return key;
    }
}
