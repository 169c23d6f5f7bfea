using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Security.Cryptography;
using Chain.Primitives.Bytes;

namespace Chain.Simulator.Reporting;

/// <summary>
/// The run as one hash: over time, node, kind and bytes of every event that reached a node. The readable lines are kept only
/// when asked for, since the same seed gives them again.
/// </summary>
internal sealed class Trace : IDisposable
{
    private const int LinesMax = 4000;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Queue<string> _lines = new();
    private readonly byte[] _head = new byte[8 + 4 + 1 + 1];

    public Trace(bool keepsLines) => KeepsLines = keepsLines;

    public bool KeepsLines { get; }

    /// <summary>The newest lines.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    public void Add(long atUs, int node, char kind, byte detail, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_head, atUs);
        BinaryPrimitives.WriteInt32LittleEndian(_head.AsSpan(8), node);
        (_head[12], _head[13]) = ((byte)kind, detail);
        _hash.AppendData(_head);
        _hash.AppendData(bytes);
    }

    public void Say(long atUs, int node, Func<string> line)
    {
        if (!KeepsLines) return;
        if (_lines.Count == LinesMax) _lines.Dequeue();
        _lines.Enqueue($"{atUs / 1000,8} ms  {(node < 0 ? "   " : $"n{node,-2}")} {line()}");
    }

    public Hash256 Finish() => Hash256.From(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
