using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.Node.Storage.Blocks;

/// <summary>What executing one block answered.</summary>
/// <param name="Transactions">One result for each transaction, in block order.</param>
/// <param name="BlockEvents">Events of the block itself: evidence, timed moves.</param>
/// <param name="ValidatorUpdates">Changes of the set that take effect two heights later.</param>
/// <param name="ParamsUpdate">The new consensus parameters, where the block changed them.</param>
/// <param name="AppHash">State after the block; it stands in the next header.</param>
public sealed record BlockResults(
    IReadOnlyList<TransactionResult> Transactions,
    IReadOnlyList<Event> BlockEvents,
    IReadOnlyList<ValidatorUpdate> ValidatorUpdates,
    ConsensusParams? ParamsUpdate,
    Hash256 AppHash)
{
    private const int CodecVersion = 1;

    /// <summary>Events of one transaction or block that the store reads back; a bound for the decoder alone.</summary>
    private const int EventsMax = 1_000_000;

    private const int AttributesMax = 1_000;

    /// <summary>last_results_hash of the next header.</summary>
    public Hash256 Hash()
    {
        List<DeterministicResult> results = new(Transactions.Count);
        foreach (TransactionResult result in Transactions) results.Add(result.ToDeterministic());
        return DeterministicResult.HashOf(results);
    }

    /// <summary>What the next header proves, and no more: events stand under no hash here.</summary>
    public BlockResults WithoutEvents()
    {
        List<TransactionResult> results = new(Transactions.Count);
        foreach (TransactionResult result in Transactions) results.Add(result with { Events = [] });
        return new BlockResults(results, [], [], null, AppHash);
    }

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(6).UInt(CodecVersion).Array(Transactions.Count);
        foreach (TransactionResult result in Transactions)
        {
            writer.Array(5).UInt(result.Code).Bin(result.Data.Span).Int(result.GasWanted).Int(result.GasUsed);
            WriteEvents(ref writer, result.Events);
        }
        WriteEvents(ref writer, BlockEvents);
        writer.Array(ValidatorUpdates.Count);
        foreach (ValidatorUpdate update in ValidatorUpdates) writer.Array(2).Bin(update.PublicKey).Int(update.Power);
        if (ParamsUpdate is { } update2) writer.Array(2).Int(update2.BlockBytesMax).Int(update2.BlockGasMax);
        else writer.Nil();
        return writer.Bin(AppHash).ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out BlockResults results, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(6);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        int count = reader.ArrayHeader(Limits.BlockBytesMax);
        List<TransactionResult> transactions = [];
        for (int i = 0; i < count && reader.IsOk; i++) transactions.Add(ReadTransaction(ref reader));
        reader.EndArray();
        List<Event> blockEvents = ReadEvents(ref reader);
        count = reader.ArrayHeader(Limits.ValidatorsMax);
        List<ValidatorUpdate> updates = [];
        for (int i = 0; i < count && reader.IsOk; i++)
        {
            reader.Array(2);
            updates.Add(new ValidatorUpdate(reader.PublicKey(), reader.Int(0)));
            reader.EndArray();
        }
        reader.EndArray();
        results = new BlockResults(transactions, blockEvents, updates, ReadParams(ref reader), reader.Hash256());
        reader.EndArray();
        return reader.TryFinish(out error);
    }

    private static TransactionResult ReadTransaction(ref MessagePackReader reader)
    {
        reader.Array(5);
        TransactionResult result = new(
            reader.UInt32(),
            reader.Bin(Limits.TransactionBytesMax).ToArray(),
            reader.Int(),
            reader.Int(),
            ReadEvents(ref reader));
        reader.EndArray();
        return result;
    }

    private static void WriteEvents(ref MessagePackWriter writer, IReadOnlyList<Event> events)
    {
        writer.Array(events.Count);
        foreach (Event happened in events)
        {
            writer.Array(2).Str(happened.Type).Array(happened.Attributes.Count);
            foreach (EventAttribute attribute in happened.Attributes) writer.Array(2).Str(attribute.Key).Str(attribute.Value);
        }
    }

    private static List<Event> ReadEvents(ref MessagePackReader reader)
    {
        int count = reader.ArrayHeader(EventsMax);
        List<Event> events = [];
        for (int i = 0; i < count && reader.IsOk; i++)
        {
            reader.Array(2);
            string type = reader.Str(int.MaxValue);
            int attributeCount = reader.ArrayHeader(AttributesMax);
            List<EventAttribute> attributes = [];
            for (int j = 0; j < attributeCount && reader.IsOk; j++)
            {
                reader.Array(2);
                attributes.Add(new EventAttribute(reader.Str(int.MaxValue), reader.Str(int.MaxValue)));
                reader.EndArray();
            }
            reader.EndArray();
            reader.EndArray();
            events.Add(new Event(type, attributes));
        }
        reader.EndArray();
        return events;
    }

    private static ConsensusParams? ReadParams(ref MessagePackReader reader)
    {
        if (reader.NextIsNil)
        {
            reader.Nil();
            return null;
        }
        reader.Array(2);
        ConsensusParams changed = new(reader.Int(), reader.Int());
        reader.EndArray();
        return changed;
    }
}
