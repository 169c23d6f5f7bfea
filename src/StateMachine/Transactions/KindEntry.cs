using System;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Transactions;

/// <summary>How one version of one kind is read, weighed and applied.</summary>
/// <param name="FieldCount">Values after kind and version.</param>
/// <param name="Weight">Work units of one message, besides a unit for each byte of its transaction.</param>
/// <param name="Apply">All checks first, all writes after; what it wrote is dropped when it answers another code than Ok.</param>
/// <param name="ExtraWork">Work that depends on what is in the message (for example leases to settle); null for none.</param>
public sealed record KindEntry(
    MessageKind Kind,
    byte Version,
    int FieldCount,
    ulong Weight,
    MessageRead Read,
    Func<ExecutionContext, Message, ResultCode> Apply,
    Func<Message, ulong>? ExtraWork = null);
