namespace Chain.StateMachine.Governance;

/// <summary>Fixed bounds of governance. Its shares and thresholds are rules, so that no vote can loosen the next one.</summary>
public static class GovernanceLimits
{
    /// <summary>Parameters that one proposal may change.</summary>
    public const int ChangesMax = 8;

    /// <summary>Addresses on the allow-list of one kind.</summary>
    public const int AllowListMax = 64;

    /// <summary>Accounts whose credits make up the deposit of one proposal.</summary>
    public const int DepositorsMax = 16;

    /// <summary>Members of the panel, and of the guardians, that count; by address ascending.</summary>
    public const int MembersMax = 32;

    /// <summary>Accounts that may vote on one proposal: all are weighed at once when the voting ends.</summary>
    public const int BallotsMax = 10_000;

    /// <summary>A deposit, and each addition to it, is at least this part of the least deposit.</summary>
    public const ulong DepositParts = 10;
}
