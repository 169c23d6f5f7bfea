namespace Chain.StateMachine.Accounts.Grants;

/// <summary>What sort of object a grant may be narrowed to. Numbers stand on the wire.</summary>
public enum GrantTargetKind : byte
{
    /// <summary>Any object, and messages that name none.</summary>
    Any = 0,

    /// <summary>Transfers to one address.</summary>
    Account = 1,

    Order = 2,
    Lease = 3,
    Offer = 4,
}
