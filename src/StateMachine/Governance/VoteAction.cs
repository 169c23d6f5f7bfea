namespace Chain.StateMachine.Governance;

/// <summary>In which capacity somebody speaks about a proposal. Numbers stand on the wire.</summary>
public enum VoteAction : byte
{
    /// <summary>A validator votes.</summary>
    Ballot = 1,

    /// <summary>A member of the panel gives its opinion.</summary>
    Opinion = 2,

    /// <summary>A guardian wants the proposal put off.</summary>
    Delay = 3,
}
