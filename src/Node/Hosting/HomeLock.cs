using System;
using System.IO;

namespace Chain.Node.Hosting;

/// <summary>One process at a time works on the data of a home: a node, or a command that maintains a stopped one.</summary>
/// <remarks>An advisory lock of the kernel on a file in <c>data/</c>: it ends with its process, so there is nothing to clean up.</remarks>
public sealed class HomeLock : IDisposable
{
    private readonly FileStream _file;

    private HomeLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; throws <see cref="NodeStopException"/> with <see cref="ExitCode.Unavailable"/> while another process has it.</summary>
    public static HomeLock Take(NodeHome home)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(home.LockFile)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            return new HomeLock(new FileStream(home.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e.GetType() == typeof(IOException) && File.Exists(home.LockFile))
        {
            throw new NodeStopException(ExitCode.Unavailable, $"the home {home.Root} is in use by another process",
                "Stop the node or the command that uses it, or name another home with --home DIR.", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
