namespace Chain.StateMachine.Admission;

/// <summary>What a provider wants of a validator seat. Numbers stand on the wire.</summary>
public enum SeatAction : byte
{
    /// <summary>Ask the validators for a seat.</summary>
    Ask = 1,

    /// <summary>Take the request back, or give the seat up.</summary>
    Leave = 2,

    /// <summary>Put another consensus key in the place of the seat's.</summary>
    RotateConsensus = 3,

    /// <summary>Put another node key in the place of the seat's.</summary>
    RotateNode = 4,
}
