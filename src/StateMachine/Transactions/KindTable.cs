using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.StateMachine.Market;

namespace Chain.StateMachine.Transactions;

/// <summary>Every kind that application version 1 knows. Unknown kinds and versions are refused.</summary>
public static class KindTable
{
    private static readonly KindEntry?[] ByKind = Build(BaseKinds.Entries, MarketKinds.Entries);

    /// <summary>The entry of a kind, or null where these rules do not know it.</summary>
    public static KindEntry? Find(MessageKind kind) => (int)kind < ByKind.Length ? ByKind[(int)kind] : null;

    /// <summary>Reads <c>[kind, version, fields…]</c>; an unknown kind or version is the fault <see cref="DecodeCode.Unknown"/>.</summary>
    public static Message? Read(ref MessagePackReader reader)
    {
        int count = reader.ArrayHeader(byte.MaxValue);
        MessageKind kind = (MessageKind)reader.UInt8();
        byte version = reader.UInt8();
        if (!reader.IsOk) return null;
        KindEntry? entry = Find(kind);
        if (entry is null || entry.Version != version) reader.Fail(DecodeCode.Unknown);
        else if (count != entry.FieldCount + 2) reader.Fail(DecodeCode.WrongArity);
        if (!reader.IsOk) return null;
        Message message = entry!.Read(ref reader);
        reader.EndArray();
        return reader.IsOk ? message : null;
    }

    public static void Write(MessagePackWriter writer, Message message)
    {
        KindEntry? entry = Find(message.Kind);
        Invariant.Holds(entry is not null, "a message that is written has a known kind");
        writer.Array(entry.FieldCount + 2).UInt((ulong)message.Kind).UInt(entry.Version);
        message.WriteFields(writer);
    }

    private static KindEntry?[] Build(params ReadOnlySpan<IReadOnlyList<KindEntry>> lists)
    {
        KindEntry?[] table = new KindEntry?[byte.MaxValue + 1];
        foreach (IReadOnlyList<KindEntry> list in lists)
        {
            foreach (KindEntry entry in list)
            {
                Invariant.Holds(table[(int)entry.Kind] is null, "a kind stands in the table once");
                table[(int)entry.Kind] = entry;
            }
        }
        return table;
    }
}
