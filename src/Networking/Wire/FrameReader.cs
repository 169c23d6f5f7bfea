using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Networking.Wire;

/// <summary>
/// Cuts a stream into frames through one buffer. A stranger gets a small one, into which only control messages fit;
/// <see cref="Widen"/> makes room for frames once the peer is admitted. One reader at a time.
/// </summary>
internal sealed class FrameReader
{
    private readonly Stream _stream;
    private byte[] _buffer = new byte[NetworkLimits.FrameHeaderBytes + NetworkLimits.ControlBytesMax];
    private int _start;
    private int _end;

    public FrameReader(Stream stream) => _stream = stream;

    /// <summary>The frame read last; its payload is valid until the next read.</summary>
    public FrameHeader Header { get; private set; }

    public ReadOnlyMemory<byte> Payload { get; private set; }

    public void Widen()
    {
        byte[] wide = new byte[NetworkLimits.ReadBufferBytes];
        _buffer.AsSpan(_start, _end - _start).CopyTo(wide);
        _buffer = wide;
        _end -= _start;
        _start = 0;
    }

    /// <summary>Reads the next frame. Nothing is allocated, whatever the header says.</summary>
    public async ValueTask<FrameStatus> ReadAsync(CancellationToken cancellation)
    {
        if (!await FillAsync(NetworkLimits.FrameHeaderBytes, cancellation).ConfigureAwait(false)) return FrameStatus.Closed;
        if (!FrameHeader.TryRead(_buffer.AsSpan(_start, NetworkLimits.FrameHeaderBytes), out FrameHeader header)
            || header.PayloadBytes > _buffer.Length - NetworkLimits.FrameHeaderBytes)
        {
            return FrameStatus.Malformed;
        }
        int length = NetworkLimits.FrameHeaderBytes + header.PayloadBytes;
        if (!await FillAsync(length, cancellation).ConfigureAwait(false)) return FrameStatus.Closed;
        Header = header;
        Payload = _buffer.AsMemory(_start + NetworkLimits.FrameHeaderBytes, header.PayloadBytes);
        _start += length;
        return FrameStatus.Frame;
    }

    /// <summary>Makes sure that so many bytes lie at the start of what is unread; false when the stream ends before.</summary>
    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellation)
    {
        if (_end - _start >= count) return true;
        if (_buffer.Length - _start < count)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        while (_end - _start < count)
        {
            int read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellation).ConfigureAwait(false);
            if (read == 0) return false;
            _end += read;
        }
        return true;
    }
}
