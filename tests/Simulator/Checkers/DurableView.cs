using System;
using System.Collections.Generic;
using System.IO;
using Chain.Consensus.Recovery;
using Chain.Node.Signing;
using Chain.Node.Storage.Wal;
using Chain.Primitives.Codec;
using Record = Chain.Consensus.Recovery.WalRecord;

namespace Chain.Simulator.Checkers;

/// <summary>What a power failure at this moment would leave for certain: the log's records and the guard, as of their last sync.</summary>
internal sealed class DurableView
{
    private readonly Dictionary<string, Contents> _files = [];

    public SignGuard? Guard { get; private set; }

    /// <summary>Records of the newest height in the log, oldest first.</summary>
    public List<Record> Records { get; } = [];

    public long Height { get; private set; }

    public void Opened(string path, ReadOnlySpan<byte> bytes)
    {
        Contents file = new();
        file.Write(bytes, 0);
        _files[path] = file;
    }

    public void Wrote(string path, ReadOnlySpan<byte> bytes, long offset) => _files[path].Write(bytes, (int)offset);

    public void Cut(string path, long length) => _files[path].Cut((int)length);

    public void Synced(string path)
    {
        Contents file = _files[path];
        if (path.EndsWith(".wal", StringComparison.Ordinal)) ReadRecords(path, file);
        else if (path.EndsWith("signer.state", StringComparison.Ordinal)) ReadGuard(file.Bytes);
    }

    private void ReadGuard(ReadOnlySpan<byte> bytes)
    {
        SignerSlot even = SignerSlot.Read(bytes[..SignerSlot.Bytes], 0);
        SignerSlot odd = SignerSlot.Read(bytes[SignerSlot.Bytes..], 1);
        byte[]? payload = even.Sequence > odd.Sequence ? even.Payload : odd.Payload;
        if (payload is not null && SignGuard.TryDecode(payload, out SignGuard guard, out DecodeError _)) Guard = guard;
    }

    private void ReadRecords(string path, Contents file)
    {
        long segment = long.Parse(Path.GetFileNameWithoutExtension(path), System.Globalization.CultureInfo.InvariantCulture);
        while (Node.Storage.Wal.WalRecord.TryRead(file.Bytes, file.ReadTo, long.MaxValue / 2, segment, out _, out ReadOnlySpan<byte> payload))
        {
            file.ReadTo += Node.Storage.Wal.WalRecord.HeaderBytes + payload.Length;
            if (!payload.SequenceEqual(WalSegment.Magic) && Record.TryDecode(payload, out Record record, out DecodeError _)) Add(record);
        }
    }

    private void Add(Record record)
    {
        if (record.AtHeight.Value > Height)
        {
            Height = record.AtHeight.Value;
            Records.Clear();
        }
        Records.Add(record);
    }

    private sealed class Contents
    {
        private byte[] _bytes = new byte[64 * 1024];
        private int _length;

        public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

        /// <summary>Records before this were read.</summary>
        public int ReadTo { get; set; }

        public void Write(ReadOnlySpan<byte> bytes, int offset)
        {
            while (_bytes.Length < offset + bytes.Length) Array.Resize(ref _bytes, 2 * _bytes.Length);
            bytes.CopyTo(_bytes.AsSpan(offset));
            _length = Math.Max(_length, offset + bytes.Length);
        }

        public void Cut(int length)
        {
            if (length < _length) _bytes.AsSpan(length, _length - length).Clear();
            _length = length;
            ReadTo = Math.Min(ReadTo, length);
        }
    }
}
