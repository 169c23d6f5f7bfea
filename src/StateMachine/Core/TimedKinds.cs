using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Market;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Core;

/// <summary>Every kind of timed move.</summary>
public static class TimedKinds
{
    private static readonly TimedKindEntry[] Base =
    [
        new(TimedKind.AccountExpiry, 100, AccountExpiry.Move),
        new(TimedKind.PastSeat, 100, PastSeats.Move),
        new(TimedKind.Grant, 200, GrantClock.Move),
    ];

    private static readonly TimedKindEntry?[] ByKind = Build(Base, AdmissionTimedKinds.Entries, MarketTimedKinds.Entries);

    /// <summary>The entry of a kind, or null.</summary>
    public static TimedKindEntry? Find(TimedKind kind) => ByKind[(int)kind];

    private static TimedKindEntry?[] Build(params ReadOnlySpan<IReadOnlyList<TimedKindEntry>> lists)
    {
        TimedKindEntry?[] table = new TimedKindEntry?[byte.MaxValue + 1];
        foreach (IReadOnlyList<TimedKindEntry> list in lists)
        {
            foreach (TimedKindEntry entry in list)
            {
                Invariant.Holds(table[(int)entry.Kind] is null, "a timed kind stands in the table once");
                Invariant.Holds(entry.Weight > 0, "a timed move takes work, so that the cap ends every loop");
                table[(int)entry.Kind] = entry;
            }
        }
        return table;
    }
}
