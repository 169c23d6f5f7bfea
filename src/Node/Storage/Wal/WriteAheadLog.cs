using System;
using System.Collections.Generic;
using System.IO;
using Chain.Node.Storage.Disk;
using Chain.Primitives;

namespace Chain.Node.Storage.Wal;

/// <summary>
/// An append-only log of opaque records in segment files, one for each height that asks for one. A record is safe once
/// <see cref="Sync"/> has returned. One thread at a time. All methods throw <see cref="StorageException"/> where the disk
/// fails; after such a failure nobody knows what reached the disk, so the log refuses everything but disposal.
/// </summary>
public sealed class WriteAheadLog : IDisposable
{
    /// <summary>Bytes of one payload: a block of any size and its envelope.</summary>
    public const int RecordBytesMax = Limits.BlockBytesMax + 1024 * 1024;

    /// <summary>Records are handed to the system in groups of about this many bytes.</summary>
    private const int GroupBytes = 256 * 1024;

    private readonly IDisk _disk;
    private readonly string _directory;
    private readonly List<long> _heights;
    private IDiskFile _file;
    private byte[] _buffer = new byte[GroupBytes];
    private int _buffered;

    /// <summary>Offset of the current segment in the whole log.</summary>
    private long _base;

    /// <summary>Bytes of the current segment that the system has.</summary>
    private long _written;

    /// <summary>Everything before this offset of the whole log is on the disk.</summary>
    private long _durable;
    private bool _failed;
    private bool _disposed;

    private WriteAheadLog(IDisk disk, string directory, List<long> heights, IDiskFile file)
    {
        _disk = disk;
        _directory = directory;
        _heights = heights;
        _file = file;
    }

    /// <summary>Height of the segment that takes the records.</summary>
    public long Height => _heights[^1];

    /// <summary>True when every appended record is on the disk.</summary>
    public bool IsSynced { get; private set; } = true;

    /// <summary>Calls of <see cref="Sync"/> that had something to do.</summary>
    public long SyncCount { get; private set; }

    /// <summary>
    /// Opens the log in a folder, or creates both, and reads all of it. A tail that a sudden stop left half written is cut
    /// with a notice; damage to what had been synced throws. What is returned is on the disk. One process at a time.
    /// </summary>
    public static WriteAheadLog Open(IDisk disk, string directory, out WalContents contents)
    {
        string full = Path.GetFullPath(directory);
        try
        {
            disk.CreateDirectory(full);
            List<long> heights = WalSegment.ListHeights(disk, full);
            if (heights.Count == 0) heights.Add(0);
            IDiskFile file = disk.Open(WalSegment.PathOf(full, heights[^1]), DiskOpenMode.OpenOrCreate);
            WriteAheadLog log = new(disk, full, heights, file);
            try
            {
                contents = log.Recover();
                return log;
            }
            catch
            {
                log.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (IsDiskFault(exception))
        {
            throw Failure($"The log in {full} cannot be opened", exception);
        }
    }

    /// <summary>Adds a record of 1 to <see cref="RecordBytesMax"/> bytes. It is not safe before the next <see cref="Sync"/>.</summary>
    public void Append(ReadOnlySpan<byte> payload)
    {
        CheckUsable();
        Invariant.Holds(payload.Length is > 0 and <= RecordBytesMax, "a log record has 1 byte to RecordBytesMax");
        IsSynced = false;
        Buffer(payload);
        if (_buffered >= GroupBytes) Guard(WriteBuffer);
    }

    /// <summary>Hands every appended record to the system: a kill of the process loses none of them, a power failure may.</summary>
    public void Write()
    {
        CheckUsable();
        if (_buffered > 0) Guard(WriteBuffer);
    }

    /// <summary>Returns when every appended record is on the disk. Costs nothing where that is so already.</summary>
    public void Sync()
    {
        CheckUsable();
        if (IsSynced) return;
        Guard(() =>
        {
            Flush();
            Mark();
        });
        SyncCount++;
    }

    /// <summary>
    /// Lets the records that follow go to a new file, after a sync of the last one. The height is not below the current one;
    /// at the current one this does nothing.
    /// </summary>
    public void StartSegment(long height)
    {
        CheckUsable();
        Invariant.Holds(height >= Height, "log segments are begun in ascending order");
        if (height == Height) return;
        Sync();
        Guard(() =>
        {
            // Its last mark, or its opening record, may still be on the way, and the new one begins behind it.
            if (_durable < _base + _written) Flush();
            IDiskFile file = _disk.Open(WalSegment.PathOf(_directory, height), DiskOpenMode.CreateNew);
            _file.Dispose();
            _file = file;
            _heights.Add(height);
            _base += _written;
            _written = 0;
            Buffer(WalSegment.Magic);
            WriteBuffer();
            _disk.SyncDirectory(_directory);
        });
    }

    /// <summary>
    /// Deletes the segments of lower heights, never the current one. After a power failure the newest of them may still be there.
    /// </summary>
    public void DropSegmentsBelow(long height)
    {
        CheckUsable();
        if (_heights.Count == 1 || _heights[0] >= height) return;
        Guard(() =>
        {
            // Only the opening record says where the whole log stands once the segments before it are gone.
            if (_durable < _base + WalSegment.OpeningBytes) Flush();
            while (_heights.Count > 1 && _heights[0] < height)
            {
                _disk.Delete(WalSegment.PathOf(_directory, _heights[0]));
                // One after the other: where a later one went first, what is left would have a gap.
                _disk.SyncDirectory(_directory);
                _heights.RemoveAt(0);
            }
        });
    }

    /// <summary>Closes the file without a sync, as a kill would: who wants the last records safe calls <see cref="Sync"/> first.</summary>
    public void Dispose()
    {
        _disposed = true;
        _file.Dispose();
    }

    private WalContents Recover()
    {
        List<byte[]> records = [];
        // The first segment of a new log begins at 0. Any other says itself where it begins when it is the oldest.
        long? expectedBase = _heights[0] == 0 ? 0 : null;
        for (int i = 0; i < _heights.Count - 1; i++)
        {
            string path = WalSegment.PathOf(_directory, _heights[i]);
            using IDiskFile file = _disk.Open(path, DiskOpenMode.Open);
            byte[] bytes = DurableFile.ReadAll(file);
            WalSegment segment = WalSegment.Read(bytes, _heights[i], expectedBase);
            if (segment.ValidBytes == 0 || segment.ValidBytes < bytes.Length) throw Damage(path, segment.ValidBytes);
            records.AddRange(segment.Records);
            expectedBase = segment.Base + segment.ValidBytes;
        }
        string? notice = RecoverLast(records, expectedBase);
        _disk.SyncDirectory(_directory);
        return new WalContents(records, notice);
    }

    private string? RecoverLast(List<byte[]> records, long? expectedBase)
    {
        string path = WalSegment.PathOf(_directory, Height);
        byte[] bytes = DurableFile.ReadAll(_file);
        WalSegment segment = WalSegment.Read(bytes, Height, expectedBase);
        bool isBaseKnown = expectedBase is not null || segment.ValidBytes > 0;
        if (segment.DamageWasSynced || !isBaseKnown || segment.FollowsAnother) throw Damage(path, segment.ValidBytes);
        records.AddRange(segment.Records);
        _base = segment.Base;
        _written = segment.ValidBytes;
        _durable = _base;
        int cut = bytes.Length - segment.ValidBytes;
        if (cut > 0) _file.SetLength(_written);
        if (_written == 0) Buffer(WalSegment.Magic);
        Flush();
        if (segment.Records.Count > 0) Mark();
        return cut == 0
            ? null
            : $"The log {path} ended in {cut} bytes that a sudden stop left half written. They were cut; no synced record is lost.";
    }

    private void Buffer(ReadOnlySpan<byte> payload)
    {
        int length = WalRecord.HeaderBytes + payload.Length;
        if (_buffer.Length - _buffered < length) Array.Resize(ref _buffer, Math.Max(_buffered + length, 2 * _buffer.Length));
        // The opening record of a segment comes after a sync, so what is durable then is where the segment begins.
        WalRecord.Write(_buffer.AsSpan(_buffered), payload, _durable, Height, _written + _buffered);
        _buffered += length;
    }

    private void WriteBuffer()
    {
        _file.Write(_buffer.AsSpan(0, _buffered), _written);
        _written += _buffered;
        _buffered = 0;
    }

    private void Flush()
    {
        WriteBuffer();
        _file.Sync();
        _durable = _base + _written;
        IsSynced = true;
    }

    /// <summary>
    /// Tells whoever reads the log next that all before is on the disk: without it, decay of the last records would pass for a
    /// torn tail. Nobody waits for the mark itself; a power failure may lose it.
    /// </summary>
    private void Mark()
    {
        Buffer([]);
        WriteBuffer();
    }

    private void Guard(Action action)
    {
        // Stands unless the action runs to its end.
        _failed = true;
        try
        {
            action();
        }
        catch (Exception exception) when (IsDiskFault(exception))
        {
            throw Failure($"The log in {_directory} cannot be written", exception);
        }
        _failed = false;
    }

    private void CheckUsable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_failed) return;
        throw new StorageException(
            $"The log in {_directory} cannot be written", "an earlier write to it failed", "Start the node again once the disk is sound");
    }

    private static bool IsDiskFault(Exception exception) => exception is IOException or UnauthorizedAccessException;

    private static StorageException Failure(string what, Exception cause) => new(
        what, cause.Message.TrimEnd('.'),
        "Check that the disk has space, that this user owns the folder and that no other node has it open, then start again", cause);

    private static StorageException Damage(string path, int at) => new(
        $"The log {path} is damaged at byte {at}", "bytes that had been written safely have changed, or a file is missing",
        "Check the disk. Then bring the folder back from a backup, or sync the node anew; a validator must not sign on a guess");
}
