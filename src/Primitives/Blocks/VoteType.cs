namespace Chain.Primitives.Blocks;

/// <summary>CometBFT's <c>SignedMsgType</c>: what a consensus signature is for.</summary>
public enum VoteType : byte
{
    Prevote = 1,
    Precommit = 2,
    Proposal = 32,
}
