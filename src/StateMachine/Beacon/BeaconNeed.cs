namespace Chain.StateMachine.Beacon;

/// <summary>What the beacon waits for from one validator's next proposal.</summary>
public enum BeaconNeed
{
    Nothing = 0,

    /// <summary>The end of a new hash chain.</summary>
    Tip,

    /// <summary>The next preimage.</summary>
    Preimage,

    /// <summary>Nothing but the word to begin, because enough others have tips.</summary>
    Opening,
}
