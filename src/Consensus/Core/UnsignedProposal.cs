using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;

namespace Chain.Consensus.Core;

/// <summary>A proposal that the core wants signed.</summary>
/// <param name="Timestamp">The block's own time, which the signer must not change.</param>
public sealed record UnsignedProposal(Height Height, Round Round, Round PolRound, BlockId BlockId, Timestamp Timestamp)
{
    public Proposal Sign(Signature signature) => new(Height, Round, PolRound, BlockId, Timestamp, signature);
}
