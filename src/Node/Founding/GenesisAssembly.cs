using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Chain.Node.Hosting;
using Chain.Primitives;
using Chain.StateMachine.Genesis;

namespace Chain.Node.Founding;

/// <summary>Puts the contributions of several operators together into one genesis. Every fault is told, with its file.</summary>
public static class GenesisAssembly
{
    /// <summary>A contribution has about 1 KiB; what is far larger is something else.</summary>
    private const long FileBytesMax = 64 * 1024;

    private const string Remedy = "Ask those operators for a new file of 'chain genesis contribute', and assemble again.";

    /// <summary>Reads and checks the files. Throws <see cref="NodeStopException"/> with all faults.</summary>
    /// <returns>In the order of the consensus addresses, whatever the order of the files: so all who assemble get one genesis.</returns>
    public static IReadOnlyList<GenesisContribution> Read(IReadOnlyList<string> files)
    {
        List<string> faults = [];
        List<(string File, GenesisContribution Contribution)> read = [];
        foreach (string file in files)
        {
            if (ReadOne(file, out string fault) is { } contribution) read.Add((file, contribution));
            else faults.Add($"{file}: {fault}");
        }
        for (int i = 1; i < read.Count; i++)
        {
            foreach ((string file, GenesisContribution other) in read.Take(i))
            {
                if (Clash(other, read[i].Contribution) is { } clash) faults.Add($"{read[i].File}: {clash} {file}");
            }
        }
        if (files.Count > Limits.ValidatorsMax) faults.Add($"{files.Count} files: at most {Limits.ValidatorsMax} validators begin a chain");
        if (faults.Count > 0) throw Refused(faults);
        return [.. read.Select(pair => pair.Contribution).OrderBy(contribution => contribution.ConsensusKey.Address)];
    }

    /// <summary>The genesis, checked as a node checks it at its start.</summary>
    /// <param name="options">Time, parameters and accounts; the chain id is that of the contributions.</param>
    public static GenesisDocument Assemble(IReadOnlyList<GenesisContribution> contributions, InitOptions options)
    {
        GenesisDocument genesis = NetworkGenesis.Of(
            options with { ChainId = contributions[0].ChainId }, [.. contributions.Select(contribution => contribution.Member)]);
        if (GenesisDocument.TryParse(genesis.ToJson(), out GenesisDocument document, out IReadOnlyList<GenesisError> errors)) return document;
        throw Refused([.. errors.Select(error => error.ToString()!)]);
    }

    private static GenesisContribution? ReadOne(string file, out string fault)
    {
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > FileBytesMax })
            {
                fault = $"is larger than {FileBytesMax} bytes, so it is no contribution to a genesis";
                return null;
            }
            return GenesisContribution.TryParse(File.ReadAllBytes(file), out GenesisContribution? contribution, out fault) ? contribution : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault = $"cannot be read: {e.Message}";
            return null;
        }
    }

    /// <summary>Why two contributions cannot stand in one genesis; null when they can.</summary>
    private static string? Clash(GenesisContribution one, GenesisContribution other)
    {
        if (one.ChainId != other.ChainId) return $"is for chain {other.ChainId}, not {one.ChainId} as";
        if (one.OperatorKey == other.OperatorKey) return "has the operator key of";
        if (one.ConsensusKey == other.ConsensusKey) return "has the consensus key of";
        if (one.NodeKey == other.NodeKey) return "has the node key of";
        if (one.ConsensusKey == other.NodeKey || one.NodeKey == other.ConsensusKey) return "has a key that serves otherwise in";
        return one.PeerAddress == other.PeerAddress ? "has the peer address of" : null;
    }

    private static NodeStopException Refused(IReadOnlyList<string> faults) =>
        new(ExitCode.BadInput, $"no genesis was made:\n  {string.Join("\n  ", faults)}", Remedy);
}
