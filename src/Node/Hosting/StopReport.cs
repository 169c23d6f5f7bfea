using System;
using System.IO;
using Chain.Node.Keys;
using Chain.Node.Signing;
using Chain.Node.Storage;
using Chain.Primitives;

namespace Chain.Node.Hosting;

/// <summary>Turns what stopped a node into an exit code and a text: what happened, why, and what to do.</summary>
public static class StopReport
{
    /// <summary>What helps where the system denies the access to a file.</summary>
    public const string PermissionRemedy = "Correct the owner and the mode of it and of its folders, or run as its owner.";

    /// <summary>True for what an operator can mend: everything but a fault of this program.</summary>
    public static bool IsExpected(Exception fault) => Judge(fault).Code != ExitCode.BrokenInvariant;

    public static ExitCode Write(TextWriter output, Exception fault)
    {
        (ExitCode code, string remedy) = Judge(fault);
        output.WriteLine($"error: {fault.Message}");
        if (remedy.Length > 0) output.WriteLine($"  what to do: {remedy}");
        // A fault of the program needs its place; what an operator can mend does not.
        if (code == ExitCode.BrokenInvariant) output.WriteLine(fault.ToString());
        output.WriteLine($"  exit code {(int)code}");
        return code;
    }

    /// <summary>The exit code of a fault, and what helps; empty where the message itself says so.</summary>
    public static (ExitCode Code, string Remedy) Judge(Exception fault) => fault switch
    {
        NodeStopException stop => (stop.Code, stop.Remedy),
        StorageException => (ExitCode.Storage, ""),
        SignerStateException or KeyFileException => (ExitCode.Signer, ""),
        InvalidDataException => (
            ExitCode.Storage, "The database is damaged: check the disk, then bring the data folder back from a backup, or sync the node anew."),
        InvariantException => (
            ExitCode.BrokenInvariant,
            "Nothing was written after the fault. Keep the data folder and report it; 'chain start' goes on from the last whole block."),
        IOException io when IsFull(io) => (ExitCode.Storage, "Make room on the disk and start again."),
        UnauthorizedAccessException => (ExitCode.Unavailable, PermissionRemedy),
        DirectoryNotFoundException or FileNotFoundException => (ExitCode.Unavailable, "Check the path, or name another home with --home DIR."),
        IOException => (ExitCode.Unavailable, "See which process uses the address or the file, or choose another in config/node.json."),
        _ => (ExitCode.BrokenInvariant, "This is a fault of the program; report it with the text below."),
    };

    /// <summary>ENOSPC, as .NET maps it into an HResult.</summary>
    private static bool IsFull(IOException fault) => fault.HResult == 28 || (fault.HResult & 0xffff) == 0x70;
}
