using System;
using System.IO;
using Chain.Node.Storage;
using Chain.Node.Storage.Disk;
using Chain.Primitives;

namespace Chain.Node.Signing;

/// <summary>
/// The durable home of what the sign guard must never forget: one opaque payload in a file of two slots. A save overwrites the
/// older slot and syncs once. One process and one thread at a time.
/// </summary>
/// <remarks>
/// Going back to the state before the newest may sign twice, so the question at start is whether the newest save is legible.
/// <list type="bullet">
/// <item>Each slot holds two copies on pages of their own. Decay of one page therefore never hides a finished save.</item>
/// <item>Any sound copy of a save that never returned is taken: later is always safe.</item>
/// <item>A slot without a sound copy is passed over only if it proves that its save never returned: a header in it still names
/// the save before the last, and a finished one has replaced both headers. A disk writes a sector, which holds the
/// header, whole or not at all.</item>
/// <item>All else (a slot erased, both copies changed, sequences that are not neighbours) stops the start.</item>
/// </list>
/// What no file can notice is its own replacement by an older one; the node compares heights with its log for that.
/// </remarks>
public sealed class SignerStateFile : IDisposable
{
    /// <summary>Bytes of a payload.</summary>
    public const int PayloadBytesMax = SignerSlot.CopyBytes - SignerSlot.HeaderBytes;

    private const int FileBytes = 2 * SignerSlot.Bytes;
    private const string Remedy =
        "Do not copy an old file here. Only when no other node signs with this key and all that it has signed is known: chain signer arm";

    private readonly string _path;
    private readonly IDiskFile _file;
    private byte[] _payload;
    private long _sequence;
    private bool _failed;
    private bool _disposed;

    private SignerStateFile(string path, IDiskFile file, byte[] payload, long sequence)
    {
        _path = path;
        _file = file;
        _payload = payload;
        _sequence = sequence;
    }

    /// <summary>
    /// Makes the file, mode 0600, with a first payload. Never replaces one: that would forget what was signed. Throws
    /// <see cref="SignerStateException"/>.
    /// </summary>
    public static SignerStateFile Create(IDisk disk, string path, ReadOnlySpan<byte> payload)
    {
        CheckLength(payload);
        string full = Path.GetFullPath(path);
        try
        {
            disk.CreateDirectory(Path.GetDirectoryName(full)!, ownerOnly: true);
            byte[] odd = SignerSlot.Encode(SignerSlot.FirstSequence, payload);
            byte[] even = SignerSlot.Encode(SignerSlot.FirstSequence + 1, payload);
            DurableFile.CreateNew(disk, full, [.. even, .. odd]);
        }
        catch (Exception exception) when (IsDiskFault(exception))
        {
            string remedy = disk.FileExists(full) ? "A signer's state is never replaced" : "Correct the folder's owner and mode";
            throw new SignerStateException(
                $"The signer's state {full} cannot be created", exception.Message.TrimEnd('.'), remedy, exception);
        }
        return Open(disk, full);
    }

    /// <summary>Opens what <see cref="Create"/> made; throws <see cref="SignerStateException"/> unless its newest state is certain.</summary>
    public static SignerStateFile Open(IDisk disk, string path)
    {
        string full = Path.GetFullPath(path);
        IDiskFile? file = null;
        try
        {
            file = disk.Open(full, DiskOpenMode.Open);
            SignerStateFile state = Read(full, file);
            file = null;
            return state;
        }
        catch (FileNotFoundException exception)
        {
            throw Refusal(full, "the file is missing", exception);
        }
        catch (Exception exception) when (IsDiskFault(exception))
        {
            throw Refusal(full, exception.Message.TrimEnd('.'), exception);
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>A copy of the newest payload.</summary>
    public byte[] Load()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return [.. _payload];
    }

    /// <summary>
    /// Replaces the payload; it is on the disk when this returns. Throws <see cref="StorageException"/> where the disk fails,
    /// and from then on always, since nobody knows which state is on the disk.
    /// </summary>
    public void Save(ReadOnlySpan<byte> payload)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        CheckLength(payload);
        if (_failed) throw Failure("an earlier write to it failed", null);
        _failed = true;
        long sequence = _sequence + 1;
        try
        {
            _file.Write(SignerSlot.Encode(sequence, payload), (sequence & 1) * SignerSlot.Bytes);
            _file.Sync();
        }
        catch (Exception exception) when (IsDiskFault(exception))
        {
            throw Failure(exception.Message.TrimEnd('.'), exception);
        }
        _failed = false;
        _sequence = sequence;
        _payload = payload.ToArray();
    }

    public void Dispose()
    {
        _disposed = true;
        _file.Dispose();
    }

    private static SignerStateFile Read(string path, IDiskFile file)
    {
        if (file.Length != FileBytes) throw Refusal(path, $"the file does not have {FileBytes} bytes", null);
        byte[] bytes = DurableFile.ReadAll(file);
        SignerSlot even = SignerSlot.Read(bytes.AsSpan(0, SignerSlot.Bytes), 0);
        SignerSlot odd = SignerSlot.Read(bytes.AsSpan(SignerSlot.Bytes), 1);
        SignerSlot newest = even.Sequence > odd.Sequence ? even : odd;
        SignerSlot other = even.Sequence > odd.Sequence ? odd : even;
        if (newest.Payload is null) throw Refusal(path, "neither of its two slots is legible", null);
        // The other slot holds the save before this one, or was being overwritten with the next and still shows a trace of it.
        bool isCertain = (other.Payload is null ? other.OldestNamed : other.Sequence) == newest.Sequence - 1;
        if (!isCertain) throw Refusal(path, "it is damaged, and a state newer than the legible one may have been lost", null);
        SignerStateFile state = new(path, file, newest.Payload, newest.Sequence);
        // Saves of the same payload bring back all four copies, the older slot's first.
        if (!newest.IsWhole || !other.IsWhole) state.Save(newest.Payload);
        if (!newest.IsWhole) state.Save(newest.Payload);
        // Makes durable what was only read from memory.
        file.Sync();
        return state;
    }

    private static void CheckLength(ReadOnlySpan<byte> payload) =>
        Invariant.Holds(payload.Length <= PayloadBytesMax, "a signer's state fits its slot");

    private static bool IsDiskFault(Exception exception) => exception is IOException or UnauthorizedAccessException;

    private static SignerStateException Refusal(string path, string why, Exception? cause) =>
        new($"The signer's state {path} cannot be used", why, Remedy, cause);

    private StorageException Failure(string why, Exception? cause) => new(
        $"The signer's state {_path} cannot be written", why, "Nothing more is signed: start the node again once the disk is sound", cause);
}
