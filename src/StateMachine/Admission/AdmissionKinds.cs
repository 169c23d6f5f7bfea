using System.Collections.Generic;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Admission;

/// <summary>The kinds by which the network decides who is part of it. Each signature to verify weighs about a transfer's.</summary>
public static class AdmissionKinds
{
    public static IReadOnlyList<KindEntry> Entries { get; } =
    [
        new(MessageKind.Access, 1, RequestAccess.FieldCount, 500, RequestAccess.Read, RequestAccessRules.Apply),
        new(MessageKind.Validator, 1, RequestSeat.FieldCount, 2000, RequestSeat.Read, RequestSeatRules.Apply),
        new(MessageKind.Admit, 1, Admit.FieldCount, 2000, Admit.Read, AdmitRules.Apply),
    ];
}
