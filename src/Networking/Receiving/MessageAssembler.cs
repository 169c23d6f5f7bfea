using System;
using System.Buffers;
using System.Collections.Generic;

namespace Chain.Networking.Receiving;

/// <summary>
/// Puts the frames of one channel together. Memory follows what came, never what was announced; the sum is bounded by the
/// channel's message limit. Used by the reading loop alone.
/// </summary>
internal sealed class MessageAssembler
{
    private readonly int _bytesMax;
    private readonly List<byte[]> _full = [];

    public MessageAssembler(int bytesMax) => _bytesMax = bytesMax;

    /// <summary>
    /// Adds a frame. False when the message grows beyond the limit; otherwise <paramref name="message"/> is the whole message
    /// once its last frame came, an array of its own, and null before.
    /// </summary>
    public bool TryAdd(ReadOnlySpan<byte> payload, bool isLast, out byte[]? message)
    {
        message = null;
        int before = _full.Count * NetworkLimits.FramePayloadMax;
        if (payload.Length > _bytesMax - before) return false;
        if (!isLast)
        {
            byte[] part = ArrayPool<byte>.Shared.Rent(NetworkLimits.FramePayloadMax);
            payload.CopyTo(part);
            _full.Add(part);
            return true;
        }
        message = GC.AllocateUninitializedArray<byte>(before + payload.Length);
        for (int i = 0; i < _full.Count; i++)
        {
            _full[i].AsSpan(0, NetworkLimits.FramePayloadMax).CopyTo(message.AsSpan(i * NetworkLimits.FramePayloadMax));
        }
        payload.CopyTo(message.AsSpan(before));
        Clear();
        return true;
    }

    /// <summary>Gives back the parts of an unfinished message.</summary>
    public void Clear()
    {
        foreach (byte[] part in _full) ArrayPool<byte>.Shared.Return(part);
        _full.Clear();
    }
}
