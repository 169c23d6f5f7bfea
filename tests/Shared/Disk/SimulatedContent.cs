using System;
using System.Collections.Generic;

namespace Chain.Tests.Shared.Disk;

/// <summary>
/// What a simulated file holds, in pages of 4 KiB as the system's cache does: for each page and for the length the state on
/// the disk, and every later one that the disk may have been given before the next sync.
/// </summary>
internal sealed class SimulatedContent
{
    public const int PageBytes = 4096;
    private const int SectorBytes = 512;
    private const int SectorsInPage = PageBytes / SectorBytes;

    /// <summary>For each page its states, oldest first; the first is on the disk, the last is what a reader sees.</summary>
    private readonly List<List<byte[]>> _pages = [];
    private readonly List<long> _lengths = [0];
    private readonly SortedSet<int> _dirty = [];
    private bool _syncIsLost;

    public long Length => _lengths[^1];

    public int Read(Span<byte> target, long offset)
    {
        int count = (int)Math.Clamp(Length - offset, 0, target.Length);
        for (int done = 0; done < count;)
        {
            (int page, int at) = ((int)((offset + done) / PageBytes), (int)((offset + done) % PageBytes));
            int part = Math.Min(count - done, PageBytes - at);
            _pages[page][^1].AsSpan(at, part).CopyTo(target[done..]);
            done += part;
        }
        return count;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        if (bytes.IsEmpty) return;
        if (offset + bytes.Length > Length) Grow(offset + bytes.Length);
        for (int done = 0; done < bytes.Length;)
        {
            (int page, int at) = ((int)((offset + done) / PageBytes), (int)((offset + done) % PageBytes));
            int part = Math.Min(bytes.Length - done, PageBytes - at);
            byte[] state = [.. _pages[page][^1]];
            bytes.Slice(done, part).CopyTo(state.AsSpan(at));
            Change(page, state);
            done += part;
        }
    }

    public void SetLength(long length)
    {
        if (length >= Length)
        {
            Grow(length);
            return;
        }
        for (int page = (int)(length / PageBytes); page < _pages.Count; page++)
        {
            byte[] state = new byte[PageBytes];
            int kept = (int)Math.Clamp(length - (long)page * PageBytes, 0, PageBytes);
            _pages[page][^1].AsSpan(0, kept).CopyTo(state);
            Change(page, state);
        }
        _lengths.Add(length);
    }

    /// <summary>
    /// What a reader sees is on the disk. After a sync that failed nothing is: the system holds the pages for clean and never
    /// writes them again.
    /// </summary>
    public void Sync()
    {
        if (_syncIsLost) return;
        foreach (int page in _dirty) _pages[page].RemoveRange(0, _pages[page].Count - 1);
        _dirty.Clear();
        _lengths.RemoveRange(0, _lengths.Count - 1);
    }

    public void LoseSync() => _syncIsLost = true;

    /// <summary>The process dies and the machine lives: all writes arrive.</summary>
    public void KeepAll()
    {
        _syncIsLost = false;
        Sync();
    }

    /// <summary>The power fails: length and each page are in any of their states since the last sync, or torn between two.</summary>
    public void Tear(Random random)
    {
        foreach (int page in _dirty)
        {
            List<byte[]> states = _pages[page];
            byte[] kept = [.. states[random.Next(states.Count)]];
            if (random.Next(3) == 0)
            {
                byte[] other = states[random.Next(states.Count)];
                int from = random.Next(SectorsInPage);
                int to = random.Next(from, SectorsInPage) + 1;
                other.AsSpan(from * SectorBytes, (to - from) * SectorBytes).CopyTo(kept.AsSpan(from * SectorBytes));
            }
            states.Clear();
            states.Add(kept);
        }
        _dirty.Clear();
        CutTo(_lengths[random.Next(_lengths.Count)]);
    }

    /// <summary>The power fails before the disk was given anything.</summary>
    public void LoseAll()
    {
        foreach (int page in _dirty) _pages[page].RemoveRange(1, _pages[page].Count - 1);
        _dirty.Clear();
        CutTo(_lengths[0]);
    }

    /// <summary>The disk decays: a bit of what is safe on it changes.</summary>
    public void FlipBit(long at, int bit) => _pages[(int)(at / PageBytes)][0][(int)(at % PageBytes)] ^= (byte)(1 << bit);

    private void Grow(long length)
    {
        while ((long)_pages.Count * PageBytes < length) _pages.Add([new byte[PageBytes]]);
        if (length != Length) _lengths.Add(length);
    }

    private void Change(int page, byte[] state)
    {
        _pages[page].Add(state);
        _dirty.Add(page);
    }

    private void CutTo(long length)
    {
        _syncIsLost = false;
        _lengths.Clear();
        _lengths.Add(length);
        while ((long)_pages.Count * PageBytes < length) _pages.Add([new byte[PageBytes]]);
        int pages = (int)((length + PageBytes - 1) / PageBytes);
        _pages.RemoveRange(pages, _pages.Count - pages);
        // A later growth shows zeros where the file was cut.
        if (length % PageBytes != 0) _pages[^1][0].AsSpan((int)(length % PageBytes)).Clear();
    }
}
