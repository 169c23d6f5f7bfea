using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Justice;
using Chain.StateMachine.Market;
using Chain.StateMachine.Proof;

namespace Chain.StateMachine.Transactions;

/// <summary>Every kind that application version 1 knows. Unknown kinds and versions are refused.</summary>
public static class KindTable
{
    /// <summary>Highest version that a kind may have here; raise it when one needs more.</summary>
    private const int VersionMax = 4;

    private static readonly KindEntry?[] ByKindAndVersion = Build(
        BaseKinds.Entries,
        GovernanceKinds.Entries,
        AdmissionKinds.Entries,
        MarketKinds.Entries,
        JusticeKinds.Entries,
        ProofKinds.Entries);

    /// <summary>The entry of one version of a kind, or null where these rules do not know it.</summary>
    public static KindEntry? Find(MessageKind kind, byte version) =>
        version <= VersionMax ? ByKindAndVersion[PlaceOf(kind, version)] : null;

    public static KindEntry? Find(Message message) => Find(message.Kind, message.Version);

    /// <summary>Reads <c>[kind, version, fields…]</c>; an unknown kind or version is the fault <see cref="DecodeCode.Unknown"/>.</summary>
    public static Message? Read(ref MessagePackReader reader)
    {
        int count = reader.ArrayHeader(byte.MaxValue);
        MessageKind kind = (MessageKind)reader.UInt8();
        byte version = reader.UInt8();
        if (!reader.IsOk) return null;
        KindEntry? entry = Find(kind, version);
        if (entry is null) reader.Fail(DecodeCode.Unknown);
        else if (count != entry.FieldCount + 2) reader.Fail(DecodeCode.WrongArity);
        if (!reader.IsOk) return null;
        Message message = entry!.Read(ref reader);
        reader.EndArray();
        return reader.IsOk ? message : null;
    }

    public static void Write(ref MessagePackWriter writer, Message message)
    {
        KindEntry? entry = Find(message);
        Invariant.Holds(entry is not null, "a message that is written has a known kind");
        writer.Array(entry.FieldCount + 2).UInt((ulong)message.Kind).UInt(entry.Version);
        message.WriteFields(ref writer);
    }

    private static KindEntry?[] Build(params ReadOnlySpan<IReadOnlyList<KindEntry>> lists)
    {
        KindEntry?[] table = new KindEntry?[(byte.MaxValue + 1) * (VersionMax + 1)];
        foreach (IReadOnlyList<KindEntry> list in lists)
        {
            foreach (KindEntry entry in list)
            {
                int place = PlaceOf(entry.Kind, entry.Version);
                Invariant.Holds(table[place] is null, "a version of a kind stands in the table once");
                table[place] = entry;
            }
        }
        return table;
    }

    private static int PlaceOf(MessageKind kind, byte version) => ((int)kind * (VersionMax + 1)) + version;
}
