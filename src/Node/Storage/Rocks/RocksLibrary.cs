using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RocksDbSharp;

namespace Chain.Node.Storage.Rocks;

/// <summary>The native library that the package brings.</summary>
internal static class RocksLibrary
{
    /// <summary>Loads it, once. Throws <see cref="StorageException"/> where there is none for this machine.</summary>
    public static void Load()
    {
        CheckFolder(Environment.CurrentDirectory, AppContext.BaseDirectory);
        try
        {
            RuntimeHelpers.RunClassConstructor(typeof(Native).TypeHandle);
        }
        catch (TypeInitializationException exception)
        {
            throw new StorageException(
                "The database library cannot be loaded", $"no librocksdb beside the program runs on this machine ({RuntimeInformation.RuntimeIdentifier})",
                "It needs Linux on x64 or arm64 with glibc 2.34 or newer; build or publish the program anew if files are missing", exception);
        }
    }

    /// <summary>Loads it and makes options, whose first use compiles much. What fails here fails again at the opening, which reports it.</summary>
    public static void Preload()
    {
        try
        {
            Load();
            RocksOptions.Create();
        }
        catch (StorageException)
        {
        }
    }

    /// <summary>
    /// The package looks into the current folder before the program's own: whoever can write there could have the node run code.
    /// Throws <see cref="StorageException"/> where it would find something.
    /// </summary>
    internal static void CheckFolder(string current, string program)
    {
        if (Path.TrimEndingDirectorySeparator(current) == Path.TrimEndingDirectorySeparator(program)) return;
        string platform = $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        foreach (string folder in (ReadOnlySpan<string>)["", "native", "amd64", "arm64", "native/amd64", "native/arm64", $"runtimes/{platform}/native"])
        {
            string full = Path.Combine(current, folder);
            if (!Directory.Exists(full) || Directory.GetFiles(full, "librocksdb*") is not [string found, ..]) continue;
            throw new StorageException(
                "The database library cannot be loaded", $"{found} would be taken instead of the program's own", "Start from another folder");
        }
    }
}
