using System;
using System.Diagnostics;
using System.IO;

namespace Chain.Node.Tests.Storage;

/// <summary>A memory disk of a given size, so that a test can fill it. Needs root.</summary>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string root) => Root = root;

    public string Root { get; }

    public static SmallDisk MountOrSkip(string root, string size)
    {
        Assert.SkipUnless(Environment.UserName == "root", "mounting a small disk needs root");
        Directory.CreateDirectory(root);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", root), "mounting is not allowed here");
        return new SmallDisk(root);
    }

    public void Grow(string size) => Assert.True(Run("mount", "-o", $"remount,size={size}", Root));

    /// <summary>Takes all the room there is; answers the file to delete for it to come back.</summary>
    public string Fill()
    {
        string path = Path.Combine(Root, "ballast");
        byte[] block = new byte[64 * 1024];
        using FileStream file = File.Create(path, bufferSize: 0);
        try
        {
            while (true) file.Write(block);
        }
        catch (IOException)
        {
            return path;
        }
    }

    public void Dispose() => Run("umount", Root);

    private static bool Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardError = true };
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
