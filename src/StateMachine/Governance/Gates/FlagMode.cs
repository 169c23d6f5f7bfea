namespace Chain.StateMachine.Governance.Gates;

/// <summary>Who may send a kind of message. Numbers stand on the wire.</summary>
public enum FlagMode : byte
{
    Off = 0,
    AllowList = 1,

    /// <summary>Everybody, which is so unless a proposal says otherwise.</summary>
    On = 2,
}
