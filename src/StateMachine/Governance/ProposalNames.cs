namespace Chain.StateMachine.Governance;

/// <summary>Names of states in events.</summary>
internal static class ProposalNames
{
    public static string Of(ProposalState state) => state switch
    {
        ProposalState.Deposit => "deposit",
        ProposalState.Panel => "panel",
        ProposalState.Voting => "voting",
        ProposalState.Queued => "queued",
        ProposalState.Delayed => "delayed",
        ProposalState.Executed => "executed",
        ProposalState.Failed => "failed",
        ProposalState.Rejected => "rejected",
        _ => "expired",
    };

    public static string Of(VoteChoice choice) => choice switch
    {
        VoteChoice.Yes => "yes",
        VoteChoice.No => "no",
        _ => "abstain",
    };
}
