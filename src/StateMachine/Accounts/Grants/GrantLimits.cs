namespace Chain.StateMachine.Accounts.Grants;

/// <summary>Fixed bounds of grants.</summary>
public static class GrantLimits
{
    /// <summary>Grants that one account may have given at a time.</summary>
    public const int PerAccountMax = 64;

    /// <summary>Seconds of header time that a grant may last: 366 days.</summary>
    public const ulong SecondsMax = 366UL * 24 * 3600;
}
