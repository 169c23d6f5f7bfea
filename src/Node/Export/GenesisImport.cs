using Chain.Node.Hosting;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;

namespace Chain.Node.Export;

/// <summary>The state file that a genesis names.</summary>
public static class GenesisImport
{
    /// <summary>Reads it, and refuses with <see cref="ExitCode.BadInput"/> one that is not the genesis' own or contradicts it.</summary>
    public static ImportedState Load(GenesisDocument genesis, string path)
    {
        GenesisStateFile named = genesis.StateFile!;
        ImportedState state = StateFile.Read(path);
        Require(path, "SHA-256", named.Sha256.ToString(), state.Sha256.ToString());
        Require(path, "app hash", genesis.AppHash?.ToString() ?? "", state.AppHash.ToString());
        Require(path, "chain id", named.ChainId, state.Header.ChainId);
        Require(path, "height", $"{named.Height}", $"{state.Header.Height}");
        Require(path, "application version", $"{genesis.AppVersion}", $"{AppVersions.Current(state.State)}");
        Require(path, "validators", SetOf(genesis).ToString(), ValidatorSets.Next(state.State).Hash().ToString());
        Parameters parameters = Parameters.Load(state.State);
        foreach (ParameterEntry entry in ParameterTable.Entries)
        {
            Require(path, entry.Name, $"{genesis.Parameters[entry.Id]}", $"{parameters[entry.Id]}");
        }
        return state;
    }

    private static Hash256 SetOf(GenesisDocument genesis) => GenesisState.ValidatorsOf(genesis).Hash();

    private static void Require(string path, string what, string expected, string found)
    {
        if (expected == found) return;
        throw new NodeStopException(
            ExitCode.BadInput,
            $"the genesis expects {what} {expected}, {path} has {found}",
            "Get the genesis and the file beside it again from where the chain is run.");
    }
}
