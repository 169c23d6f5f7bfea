namespace Chain.StateMachine.Transactions.Stake;

/// <summary>What to do with a role's stake.</summary>
public enum StakeAction : byte
{
    /// <summary>From the balance into the stake.</summary>
    Bond = 1,

    /// <summary>Starts the way out; free stake only.</summary>
    Unbond = 2,

    /// <summary>Everything whose unbonding time is over goes to the balance; the amount must be 0.</summary>
    Claim = 3,
}
