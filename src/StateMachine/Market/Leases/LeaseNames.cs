using Chain.Primitives;

namespace Chain.StateMachine.Market.Leases;

/// <summary>How states and reasons of leases are written in events and answers.</summary>
public static class LeaseNames
{
    public static string Of(LeaseState state) => state switch
    {
        LeaseState.Pending => "pending",
        LeaseState.Active => "active",
        LeaseState.Starved => "starved",
        LeaseState.Notice => "notice",
        LeaseState.Closed => "closed",
        LeaseState.Final => "final",
        LeaseState.NoShowProvider => "no_show_provider",
        LeaseState.NoShowTenant => "no_show_tenant",
        _ => throw new InvariantException("a lease's state has a name"),
    };

    public static string Of(CloseReason reason) => reason switch
    {
        CloseReason.None => "none",
        CloseReason.Done => "done",
        CloseReason.Unstable => "unstable",
        CloseReason.Decommission => "decommission",
        CloseReason.BreachOfTerms => "breach_of_terms",
        CloseReason.Unspecified => "unspecified",
        CloseReason.OutOfFunds => "out_of_funds",
        CloseReason.NoticeOver => "notice_over",
        CloseReason.Faulted => "faulted",
        _ => throw new InvariantException("a close has a reason"),
    };
}
