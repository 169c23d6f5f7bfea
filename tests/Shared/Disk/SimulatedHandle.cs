using System;
using Chain.Node.Storage.Disk;

namespace Chain.Tests.Shared.Disk;

/// <summary>An open file of the simulated disk; dead once the machine has stopped.</summary>
internal sealed class SimulatedHandle(SimulatedDisk disk, string path, SimulatedContent content) : IDiskFile
{
    private readonly int _life = disk.Life;
    private bool _disposed;

    public long Length
    {
        get
        {
            CheckUsable();
            return content.Length;
        }
    }

    public int Read(Span<byte> target, long offset)
    {
        CheckUsable();
        return content.Read(target, offset);
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        Step();
        int fits = disk.Take(Math.Max(0, offset + bytes.Length - content.Length), bytes.Length);
        content.Write(bytes[..fits], offset);
        if (fits < bytes.Length) throw SimulatedDisk.Full(path);
    }

    public void SetLength(long length)
    {
        Step();
        disk.Give(content.Length - length);
        content.SetLength(length);
    }

    public void Sync()
    {
        Step();
        if (disk.SyncFails)
        {
            content.LoseSync();
            throw SimulatedDisk.Broken(path);
        }
        content.Sync();
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        if (_life == disk.Life) disk.Close(path);
    }

    private void Step()
    {
        CheckUsable();
        disk.Step();
    }

    private void CheckUsable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_life != disk.Life) throw new SimulatedCrashException();
    }
}
