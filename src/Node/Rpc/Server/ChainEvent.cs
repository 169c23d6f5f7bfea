using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using Chain.Node.Rpc.Json;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;

namespace Chain.Node.Rpc.Server;

/// <summary>Something that subscribers hear of: its tags, which queries match, and its value in CometBFT's form.</summary>
internal sealed class ChainEvent
{
    /// <summary>What searches know a block by, beside its events.</summary>
    public const string BlockHeightKey = "block.height";

    private const int TailBytesHint = 1024;

    private readonly string _name;
    private readonly SortedDictionary<string, List<string>> _tags = new(StringComparer.Ordinal);
    private readonly Action<Utf8JsonWriter> _writeValue;
    private byte[]? _tail;

    private ChainEvent(string name, Action<Utf8JsonWriter> writeValue)
    {
        _name = name;
        _writeValue = writeValue;
        Tag(EventQuery.EventKey, name);
    }

    /// <summary>The events of that name in a block: one for the block or header, one for each transaction.</summary>
    public static IEnumerable<ChainEvent> Of(string name, StoredBlock block)
    {
        if (name == "NewBlockHeader") yield return new ChainEvent(name, writer => writer.Header("header", block.Block.Header));
        if (name == "NewBlock") yield return NewBlock(block);
        if (name != "Tx") yield break;
        for (int i = 0; i < block.Block.Transactions.Count; i++) yield return Transaction(block, i);
    }

    /// <summary>A block as searches see it: its height and its own events.</summary>
    public static ChainEvent OfSearchedBlock(Height height, BlockResults results)
    {
        ChainEvent happened = new("NewBlock", static _ => { });
        happened.Tag(BlockHeightKey, height.Value.ToString(NumberFormatInfo.InvariantInfo));
        happened.Tag(results.BlockEvents);
        return happened;
    }

    public bool Matches(EventQuery query) => query.Matches(_tags);

    /// <summary>
    /// The bytes of an event message after its query: data, events, and the braces that close result and response. Encoded once, shared by all
    /// who hear of the event; <see cref="EventSubscription.Head"/> comes before them.
    /// </summary>
    public ReadOnlyMemory<byte> Tail => _tail ??= Encode();

    private byte[] Encode()
    {
        ArrayBufferWriter<byte> output = new(TailBytesHint);
        using (Utf8JsonWriter writer = new(output, JsonFields.Options))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("data");
            writer.WriteString("type", $"tendermint/event/{_name}");
            writer.WriteStartObject("value");
            _writeValue(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteStartObject("events");
            foreach ((string key, List<string> values) in _tags)
            {
                writer.WriteStartArray(key);
                foreach (string value in values) writer.WriteStringValue(value);
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        output.Write("}"u8);
        // Without the first brace: the head has opened the result.
        return output.WrittenSpan[1..].ToArray();
    }

    private static ChainEvent NewBlock(StoredBlock block)
    {
        ChainEvent happened = new("NewBlock", writer =>
        {
            writer.Block("block", block.Block);
            writer.BlockId("block_id", block.Id);
            writer.WriteStartObject("result_finalize_block");
            writer.ExecResults("tx_results", block.Results.Transactions);
            writer.BlockOutcome("events", block.Results);
            writer.WriteEndObject();
        });
        happened.Tag(block.Results.BlockEvents);
        return happened;
    }

    private static ChainEvent Transaction(StoredBlock block, int index)
    {
        byte[] raw = block.Block.Transactions[index];
        TransactionResult result = block.Results.Transactions[index];
        ChainEvent happened = new("Tx", writer =>
        {
            writer.WriteStartObject("TxResult");
            writer.Int64("height", block.Height.Value);
            writer.WriteNumber("index", index);
            writer.WriteBase64String("tx", raw);
            writer.WritePropertyName("result");
            writer.ExecResult(result);
            writer.WriteEndObject();
        });
        happened.Tag("tx.hash", Hex.Upper(Sha256.Hash(raw).Span));
        happened.Tag("tx.height", block.Height.Value.ToString(NumberFormatInfo.InvariantInfo));
        happened.Tag(result.Events);
        return happened;
    }

    private void Tag(IReadOnlyList<Event> events)
    {
        foreach (Event inner in events)
        {
            foreach (EventAttribute attribute in inner.Attributes) Tag($"{inner.Type}.{attribute.Key}", attribute.Value);
        }
    }

    private void Tag(string key, string value)
    {
        if (_tags.TryGetValue(key, out List<string>? values)) values.Add(value);
        else _tags.Add(key, [value]);
    }
}
