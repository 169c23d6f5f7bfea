namespace Chain.StateMachine.Market.Amendments;

/// <summary>What a party does about other terms for a lease.</summary>
public enum AmendAction : byte
{
    /// <summary>Asks for other terms; takes the place of what either side asked for before.</summary>
    Propose = 1,

    /// <summary>Agrees to what the other side asks for.</summary>
    Accept = 2,
}
