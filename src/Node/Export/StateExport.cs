using System;
using System.IO;
using Chain.Node.Hosting;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Store;

namespace Chain.Node.Export;

/// <summary>Writes the state of a stopped node, as it was at a kept height, to a file. Changes nothing in the home.</summary>
public static class StateExport
{
    /// <param name="height">Null for the newest.</param>
    /// <param name="path">Must not exist; null for a name made of chain id and height in the present folder.</param>
    public static ExportReport Run(NodeHome home, Height? height, string? path)
    {
        using StoppedHome opened = StoppedHome.Open(home);
        Height newest = (Height)opened.State.Newest!;
        Height wanted = height ?? newest;
        WriteBatch back = new();
        if (!StateRollback.TryPrepare(opened.Store, wanted, back))
        {
            throw new NodeStopException(
                ExitCode.BadInput,
                $"the state of height {wanted} is not kept here; the newest is {newest}",
                $"Choose a height from {Math.Max(opened.State.PrunedBelow.Value, opened.Genesis.InitialHeight - 1)} to {newest}.");
        }
        StateStore state = new(new BatchOverlayReader(opened.Store, [back]));
        StateFileHeader header = new(opened.Genesis.ChainId, wanted, opened.TimeOf(wanted), opened.State.AppHash(wanted));
        string target = Path.GetFullPath(path ?? $"{header.ChainId}-{wanted}.jsonl");
        try
        {
            StateFile.Write(target, header, state);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NodeStopException(
                ExitCode.BadInput, $"{target} cannot be written: {e.Message}", "Name a file that does not exist with --out.", e);
        }
        // From the bytes on the disk, so that a fault of either side shows now.
        ImportedState read = StateFile.Read(target);
        return new ExportReport(header, target, read.Sha256, read.Pairs.Count);
    }
}
