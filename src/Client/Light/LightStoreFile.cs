using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chain.Client.Errors;
using Chain.Client.Rpc;
using Chain.Consensus.Light;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;

namespace Chain.Client.Light;

/// <summary>
/// A light client's trust in a JSON file: heights and hashes to read, and the blocks in canonical MessagePack. Whoever can
/// change the file can change what its owner trusts, as with a wallet.
/// </summary>
public sealed class LightStoreFile : ILightStore
{
    private const string Format = "chain/light/1";
    private const int CodecVersion = 1;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly string _file;

    /// <summary>Reads the file; one that does not exist is an empty store. A damaged one is a <see cref="ClientException"/>.</summary>
    public LightStoreFile(string file)
    {
        _file = file;
        Blocks = File.Exists(file) ? Read(file) : [];
    }

    public IReadOnlyList<LightBlock> Blocks { get; private set; }

    /// <summary>The old file stands until the new one is whole.</summary>
    public void Save(IReadOnlyList<LightBlock> blocks)
    {
        JsonArray items = [];
        foreach (LightBlock block in blocks)
        {
            items.Add(new JsonObject
            {
                ["height"] = block.Height.ToString(),
                ["time"] = block.Header.Time.ToString(),
                ["hash"] = block.Header.Hash().ToString(),
                ["block"] = Convert.ToBase64String(Encode(block)),
            });
        }
        JsonObject json = new() { ["format"] = Format, ["blocks"] = items };
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_file))!);
            string next = _file + ".new";
            File.WriteAllText(next, json.ToJsonString(Indented));
            File.Move(next, _file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClientException(ClientErrorCode.BadInput, $"The file {_file} was not written.", e.Message,
                "Check the path and its permissions.", e);
        }
        Blocks = [.. blocks];
    }

    private static List<LightBlock> Read(string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            if (RpcJson.TextOr(document.RootElement, "format", "") != Format) throw Damaged(file, "it has another format");
            List<LightBlock> blocks = [];
            foreach (JsonElement item in RpcJson.Items(document.RootElement, "blocks"))
            {
                if (!TryDecode(RpcJson.Base64(item, "block"), out LightBlock block, out DecodeError error))
                {
                    throw Damaged(file, $"a block is {error}");
                }
                bool isAscending = blocks.Count == 0 || block.Height > blocks[^1].Height;
                bool isWhole = HeaderVerifier.CheckWhole(block.Header.ChainId, block) == LightCode.Valid;
                if (!isAscending || !isWhole) throw Damaged(file, $"the block of height {block.Height} does not belong there");
                blocks.Add(block);
            }
            return blocks;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Damaged(file, e.Message.TrimEnd('.'));
        }
    }

    private static byte[] Encode(LightBlock block)
    {
        MessagePackWriter writer = new();
        writer.Array(4).UInt(CodecVersion);
        block.Header.Write(ref writer);
        block.Commit.Write(ref writer);
        return block.Validators.Write(ref writer).ToArray();
    }

    private static bool TryDecode(ReadOnlySpan<byte> bytes, out LightBlock block, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(4);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        Header header = Header.Read(ref reader);
        Commit commit = Commit.Read(ref reader);
        ValidatorSet? validators = ValidatorSet.Read(ref reader);
        reader.EndArray();
        block = new LightBlock(header, commit, validators!);
        return reader.TryFinish(out error);
    }

    private static ClientException Damaged(string file, string why) => new(ClientErrorCode.BadInput,
        $"{file} does not hold what a light client trusts.", $"The file cannot be used: {why}.",
        "Remove it and begin again with --trust-height and --trust-hash from a source that you trust.");
}
