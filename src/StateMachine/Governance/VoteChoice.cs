namespace Chain.StateMachine.Governance;

/// <summary>A ballot, or an opinion of the panel. Numbers stand on the wire.</summary>
public enum VoteChoice : byte
{
    Yes = 1,
    No = 2,
    Abstain = 3,
}
