using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using Chain.Node.Hosting;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Store;

namespace Chain.Node.Export;

/// <summary>
/// A whole state as a file: JSON lines, of which the first is a <see cref="StateFileHeader"/>, the last the number of pairs,
/// and each between them one pair, by store and key ascending. One state has one file, byte for byte.
/// </summary>
/// <remarks>
/// Lines of text, because what differs between two states can then be seen with tools that everybody has, and because a
/// fault has a line number. Written and read as a stream.
/// </remarks>
public static class StateFile
{
    private static readonly string[] PairNames = ["store", "key", "value"];
    private static readonly string[] EndNames = ["pairs"];

    /// <summary>Writes and syncs a file that must not exist yet. Answers its SHA-256 and the number of pairs.</summary>
    public static (Hash256 Sha256, long Pairs) Write(string path, StateFileHeader header, StateStore state)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
        Put(file, hash, header.ToLine());
        long pairs = 0;
        foreach (StoreId store in StoreNames.All)
        {
            foreach ((byte[] key, byte[] value) in state.Range(store))
            {
                Put(file, hash, LineOf(store, key, value));
                pairs++;
            }
        }
        Put(file, hash, EndLine(pairs));
        file.Flush(flushToDisk: true);
        return (Hash256.From(hash.GetHashAndReset()), pairs);
    }

    /// <summary>
    /// Reads and checks a file: every line, their order and number, and that the pairs add up to the header's app hash.
    /// Throws <see cref="NodeStopException"/> with <see cref="ExitCode.BadInput"/> and what differs.
    /// </summary>
    public static ImportedState Read(string path)
    {
        try
        {
            using StreamReader lines = new(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Read(path, lines);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw Refused($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static ImportedState Read(string path, StreamReader lines)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string? line = lines.ReadLine();
        if (line is null || StateFileHeader.FromLine(line) is not { } header)
        {
            throw Refused($"{path}, line 1: this is not the first line of a state file");
        }
        Add(hash, line);
        List<KeyValuePair<StateKey, byte[]?>> pairs = [];
        while ((line = lines.ReadLine()) is not null && line != EndLine(pairs.Count))
        {
            if (!TryReadPair(line, out StateKey key, out byte[] value)) throw Refused($"{path}, line {pairs.Count + 2}: not a pair of the state");
            if (pairs.Count > 0 && pairs[^1].Key >= key) throw Refused($"{path}, line {pairs.Count + 2}: the key is not above the one before");
            if (Schema.Find(key.Store, key.Bytes) is null) throw Refused($"{path}, line {pairs.Count + 2}: no state has such a key");
            pairs.Add(new(key, value));
            Add(hash, line);
        }
        if (line is null) throw Refused($"{path} ends after {pairs.Count} pairs without its last line: a part of it is missing");
        Add(hash, line);
        if (lines.ReadLine() is not null) throw Refused($"{path} goes on after its last line");
        Hash256 sha256 = Hash256.From(hash.GetHashAndReset());
        // Another kind of line end is the one difference that lines do not show.
        if (Sha256Of(path) != sha256) throw Refused($"{path} is not laid out as 'chain export' does it");
        ImportedState state = new(header, sha256, pairs);
        if (state.AppHash == header.AppHash) return state;
        throw Refused($"{path} names the app hash {header.AppHash}, its {pairs.Count} pairs give {state.AppHash}");
    }

    /// <summary>SHA-256 of a file's bytes.</summary>
    public static Hash256 Sha256Of(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Hash256.From(SHA256.HashData(file));
    }

    private static bool TryReadPair(string line, out StateKey key, out byte[] value)
    {
        key = default;
        value = [];
        if (!StateLine.TryRead(PairNames, line, out string[]? texts) || !StoreNames.TryParse(texts[0], out StoreId store)) return false;
        byte[] keyBytes = new byte[texts[1].Length / 2];
        value = new byte[texts[2].Length / 2];
        bool isHex = Convert.FromHexString(texts[1], keyBytes, out _, out _) == System.Buffers.OperationStatus.Done
            && Convert.FromHexString(texts[2], value, out _, out _) == System.Buffers.OperationStatus.Done;
        if (!isHex || keyBytes.Length is 0 or > ushort.MaxValue || value.Length == 0) return false;
        key = new StateKey(store, keyBytes);
        return LineOf(store, keyBytes, value) == line;
    }

    private static string LineOf(StoreId store, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        StateLine.Write(PairNames, StoreNames.NameOf(store), Hex.Lower(key), Hex.Lower(value));

    private static string EndLine(long pairs) => StateLine.Write(EndNames, pairs.ToString(NumberFormatInfo.InvariantInfo));

    private static void Put(FileStream file, IncrementalHash hash, string line) => file.Write(Add(hash, line));

    private static byte[] Add(IncrementalHash hash, string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        hash.AppendData(bytes);
        return bytes;
    }

    private static NodeStopException Refused(string what, Exception? cause = null) => new(
        ExitCode.BadInput, what, "Get the file again from where it was exported, and compare the SHA-256.", cause);
}
