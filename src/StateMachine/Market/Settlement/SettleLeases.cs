using System.Collections.Generic;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Market.Settlement;

/// <summary>Brings leases up to date. Anyone may ask.</summary>
/// <param name="LeaseIds">Ascending, at least one.</param>
public sealed record SettleLeases(IReadOnlyList<ulong> LeaseIds) : Message
{
    public const int FieldCount = 1;

    public override MessageKind Kind => MessageKind.Settle;

    public override void WriteFields(ref MessagePackWriter writer)
    {
        writer.Array(LeaseIds.Count);
        foreach (ulong id in LeaseIds) writer.UInt(id);
    }

    public static Message Read(ref MessagePackReader reader)
    {
        ulong[] ids = new ulong[reader.ArrayHeader(MarketLimits.SettleLeasesMax)];
        if (ids.Length == 0) reader.Fail(DecodeCode.OutOfRange);
        for (int i = 0; i < ids.Length && reader.IsOk; i++)
        {
            ids[i] = reader.UInt();
            if (i > 0 && ids[i - 1] >= ids[i]) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        return new SettleLeases(ids);
    }
}
