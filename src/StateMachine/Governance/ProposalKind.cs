namespace Chain.StateMachine.Governance;

/// <summary>What a proposal would change. Numbers stand on the wire.</summary>
public enum ProposalKind : byte
{
    Parameters = 1,
    Flag = 2,
    Upgrade = 3,
    Spend = 4,

    /// <summary>Who holds a role, attests, sits on the panel or is a guardian.</summary>
    Accreditation = 5,

    /// <summary>Nothing; it is on record.</summary>
    Text = 6,
}
