namespace Chain.StateMachine.Transactions.Update;

/// <summary>What a provider does to its own status. Numbers stand on the wire.</summary>
public enum StatusChange : byte
{
    None = 0,

    /// <summary>Take nothing new for now.</summary>
    Pause = 1,

    /// <summary>End a pause, back to where it began.</summary>
    Resume = 2,

    /// <summary>Take nothing new ever again, so that the whole stake may unbond.</summary>
    Exit = 3,

    /// <summary>End an exit, once nothing is left to wait for.</summary>
    Retire = 4,

    /// <summary>Leave jail, once its time is over and the stake is enough again; a seat that was lost by it returns.</summary>
    Unjail = 5,
}
