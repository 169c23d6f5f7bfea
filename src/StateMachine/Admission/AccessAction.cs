namespace Chain.StateMachine.Admission;

/// <summary>What a peer wants. Numbers stand on the wire.</summary>
public enum AccessAction : byte
{
    /// <summary>Ask the validators to let its node connect.</summary>
    Ask = 1,

    /// <summary>Take the request back, or give the access up.</summary>
    Leave = 2,
}
