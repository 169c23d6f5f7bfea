using System.Collections.Generic;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Justice;

/// <summary>Key prefixes of cases and slashes, 0x30 to 0x37 and 0x82 of the market store.</summary>
public static class JusticeSchema
{
    /// <summary>Number.</summary>
    public const byte Case = 0x30;

    /// <summary>Hash of the matter.</summary>
    public const byte Judged = 0x31;

    /// <summary>Address of the reporter, commitment.</summary>
    public const byte Report = 0x32;

    /// <summary>Role, address.</summary>
    public const byte SlashTally = 0x82;

    public static IReadOnlyList<SchemaEntry> Entries { get; } =
    [
        new(StoreId.Market, Case, "case", CaseStore.Held),
        new(StoreId.Market, Judged, "judged", SchemaEntry.HoldsNothing),
        new(StoreId.Market, Report, "report", ReportNotice.Held),
        new(StoreId.Market, SlashTally, "slash_tally", SchemaEntry.HoldsNothing),
    ];
}
