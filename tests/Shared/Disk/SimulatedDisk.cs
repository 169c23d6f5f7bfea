using System;
using System.Collections.Generic;
using System.IO;
using Chain.Node.Storage.Disk;

namespace Chain.Tests.Shared.Disk;

/// <summary>
/// A disk in memory that keeps no more than <see cref="IDisk"/> promises, and stops the machine at the operation that a test
/// names. The same calls and the same <see cref="Random"/> give the same disk.
/// </summary>
public sealed class SimulatedDisk : IDisk
{
    private readonly HashSet<string> _directories = ["/"];
    private readonly SortedDictionary<string, SimulatedContent> _files = new(StringComparer.Ordinal);

    /// <summary>Names as the disk holds them, and for each directory what was changed since its last sync, oldest first.</summary>
    private readonly SortedDictionary<string, SimulatedContent> _durable = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<EntryChange>> _unsynced = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = [];
    private bool _isStopped;

    /// <summary>Sync of a file or directory fails while this stands.</summary>
    public bool SyncFails { get; set; }

    /// <summary>Bytes by which files can grow before the disk is full; null for no end.</summary>
    public long? BytesFree { get; set; }

    /// <summary>Operations that changed something or synced it, since the disk was made.</summary>
    public long OperationCount { get; private set; }

    /// <summary>The machine stops before the operation after this many; null for never.</summary>
    public long? StopAt { get; set; }

    /// <summary>Called before each operation that counts, also before the one at which the machine stops.</summary>
    public Action? BeforeOperation { get; set; }

    /// <summary>How often the power came back. Handles of an earlier life are dead.</summary>
    internal int Life { get; private set; }

    /// <summary>Any other operation that the machine may stop before, such as a write to a store beside this disk.</summary>
    public void Step()
    {
        BeforeOperation?.Invoke();
        if (_isStopped || OperationCount >= StopAt)
        {
            _isStopped = true;
            throw new SimulatedCrashException();
        }
        OperationCount++;
    }

    public void CreateDirectory(string path, bool ownerOnly = false)
    {
        Step();
        for (string? each = path; each is not null && _directories.Add(each); each = Path.GetDirectoryName(each)) { }
    }

    public bool FileExists(string path) => _files.ContainsKey(path);

    public IReadOnlyList<string> ListFiles(string directory)
    {
        CheckDirectory(directory);
        List<string> paths = [];
        foreach (string path in _files.Keys)
        {
            if (Path.GetDirectoryName(path) == directory) paths.Add(path);
        }
        return paths;
    }

    public IDiskFile Open(string path, DiskOpenMode mode, bool ownerOnly = false)
    {
        CheckDirectory(Path.GetDirectoryName(path)!);
        bool exists = _files.TryGetValue(path, out SimulatedContent? content);
        if (exists && mode == DiskOpenMode.CreateNew) throw new IOException($"The file '{path}' already exists.");
        if (!exists && mode == DiskOpenMode.Open) throw new FileNotFoundException($"Could not find file '{path}'.", path);
        if (_open.Contains(path)) throw new IOException($"The process cannot access the file '{path}'.");
        Step();
        if (content is null) Change(path, content = new SimulatedContent());
        _open.Add(path);
        return new SimulatedHandle(this, path, content);
    }

    public void Rename(string from, string to)
    {
        if (_files.ContainsKey(to)) throw new IOException($"The file '{to}' already exists.");
        if (!_files.TryGetValue(from, out SimulatedContent? content)) throw new FileNotFoundException($"Could not find file '{from}'.", from);
        Step();
        Apply(_files, new EntryChange(to, content, from));
        Unsynced(to).Add(new EntryChange(to, content, from));
    }

    public void Delete(string path)
    {
        if (!_files.TryGetValue(path, out SimulatedContent? content)) return;
        Step();
        Give(content.Length);
        Change(path, null);
    }

    public void SyncDirectory(string path)
    {
        CheckDirectory(path);
        Step();
        if (SyncFails) throw Broken(path);
        if (!_unsynced.Remove(path, out List<EntryChange>? changes)) return;
        foreach (EntryChange change in changes) Apply(_durable, change);
    }

    /// <summary>The process is killed, the machine lives on: everything written is there.</summary>
    public void Kill()
    {
        foreach (SimulatedContent content in _files.Values) content.KeepAll();
        foreach (List<EntryChange> changes in _unsynced.Values)
        {
            foreach (EntryChange change in changes) Apply(_durable, change);
        }
        Restart();
    }

    /// <summary>
    /// The power fails and comes back. Each unsynced page is lost, there, or torn between two of its states at a sector; each
    /// unsynced name is lost or there.
    /// </summary>
    public void Crash(Random random)
    {
        bool losesAll = random.Next(4) == 0;
        foreach (List<EntryChange> changes in _unsynced.Values)
        {
            foreach (EntryChange change in changes)
            {
                if (!losesAll && random.Next(2) == 0) Apply(_durable, change);
            }
        }
        foreach (SimulatedContent content in _durable.Values)
        {
            if (losesAll) content.LoseAll();
            else content.Tear(random);
        }
        Restart();
    }

    /// <summary>Changes a bit of a file as it lies on the disk. Nobody has it open.</summary>
    public void FlipBit(string path, long at, int bit) => _files[path].FlipBit(at, bit);

    /// <summary>Bytes of a file.</summary>
    public long LengthOf(string path) => _files[path].Length;

    internal void Close(string path) => _open.Remove(path);

    /// <summary>Takes room for a file that grows; returns how many of the bytes to be written fit.</summary>
    internal int Take(long growth, int bytes)
    {
        if (BytesFree is not { } free) return bytes;
        long taken = Math.Min(growth, free);
        BytesFree = free - taken;
        return (int)Math.Max(0, bytes - (growth - taken));
    }

    internal void Give(long bytes) => BytesFree += bytes;

    internal static IOException Full(string path) => new($"No space left on device : '{path}'");

    internal static IOException Broken(string path) => new($"Input/output error : '{path}'");

    private void Restart()
    {
        _files.Clear();
        foreach ((string path, SimulatedContent content) in _durable) _files.Add(path, content);
        _unsynced.Clear();
        _open.Clear();
        _isStopped = false;
        StopAt = null;
        Life++;
    }

    private void Change(string path, SimulatedContent? content)
    {
        EntryChange change = new(path, content, null);
        Apply(_files, change);
        Unsynced(path).Add(change);
    }

    private List<EntryChange> Unsynced(string path)
    {
        string directory = Path.GetDirectoryName(path)!;
        if (!_unsynced.TryGetValue(directory, out List<EntryChange>? changes)) _unsynced.Add(directory, changes = []);
        return changes;
    }

    private void CheckDirectory(string path)
    {
        if (!_directories.Contains(path)) throw new DirectoryNotFoundException($"Could not find a part of the path '{path}'.");
    }

    private static void Apply(SortedDictionary<string, SimulatedContent> names, EntryChange change)
    {
        if (change.Content is null) names.Remove(change.Path);
        else names[change.Path] = change.Content;
        if (change.OldPath is not null) names.Remove(change.OldPath);
    }

    /// <param name="Content">Null where the name was removed.</param>
    /// <param name="OldPath">The name that the file had before a rename.</param>
    private readonly record struct EntryChange(string Path, SimulatedContent? Content, string? OldPath);
}
