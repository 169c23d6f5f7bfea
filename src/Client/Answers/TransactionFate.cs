namespace Chain.Client.Answers;

/// <summary>What became of a transaction. All but <see cref="StillPending"/> are final.</summary>
public enum TransactionFate
{
    /// <summary>In a block, and its messages took effect.</summary>
    Included,

    /// <summary>
    /// In a block, but it failed there: it paid its fee and changed nothing else; or refused before any block.
    /// </summary>
    Rejected,

    /// <summary>Its valid_until has passed without it: it provably never lands.</summary>
    Expired,

    /// <summary>The wait was given up; it may still land until its valid_until.</summary>
    StillPending,
}
