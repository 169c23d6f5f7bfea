using System;
using System.IO;

namespace Chain.Node.Storage.Rocks;

/// <summary>
/// Reads the database's logs before the library does. It takes what stands behind the first frame that is not sound for the
/// torn end of a sudden stop, drops it and says nothing. That the chain's own log brings the blocks back must not hide a disk
/// that changes what was written.
/// </summary>
internal static class RocksLogs
{
    /// <summary>What the operator should know; null where every log is whole.</summary>
    public static string? Check(string directory)
    {
        string[] paths = Directory.GetFiles(directory, "*.log");
        Array.Sort(paths, StringComparer.Ordinal);
        foreach (string path in paths)
        {
            byte[] bytes = File.ReadAllBytes(path);
            int sound = RocksFrames.SoundBytes(bytes);
            if (sound == bytes.Length) continue;
            return $"The database's log {path} is sound up to byte {sound} of {bytes.Length}: a sudden stop left it half written, or the disk "
                + "changed it. The chain's own log brings back the blocks that stood behind. After a stop in order, check the disk.";
        }
        return null;
    }
}
