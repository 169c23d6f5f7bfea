namespace Chain.StateMachine.Transactions.Grants;

/// <summary>What to do with a grant. Numbers stand on the wire.</summary>
public enum GrantAction : byte
{
    /// <summary>Give it, or change its terms; what was spent through a live one stays spent.</summary>
    Set = 1,

    Revoke = 2,
}
