using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Governance;

/// <summary>What a member of the panel thinks of a proposal: yes or no.</summary>
public readonly record struct PanelOpinion(Address Member, VoteChoice Choice);
