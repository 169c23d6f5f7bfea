using System.Collections.Generic;
using Chain.StateMachine.Core;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Admission;

/// <summary>What of admission falls due: grants that expire, and what nobody decided about.</summary>
public static class AdmissionTimedKinds
{
    public static IReadOnlyList<TimedKindEntry> Entries { get; } =
    [
        new(TimedKind.Seat, 1000, Seats.Move),
        new(TimedKind.Access, 100, Accesses.Move),
        new(TimedKind.AccessRequest, 100, AccessRequests.Move),
        new(TimedKind.SeatRequest, 100, SeatRequests.Move),
        new(TimedKind.Admission, 300, OpenAdmissions.Move),
    ];
}
