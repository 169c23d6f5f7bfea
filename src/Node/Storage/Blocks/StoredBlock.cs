using Chain.Primitives.Blocks;

namespace Chain.Node.Storage.Blocks;

/// <summary>A decided and executed block with all that the node keeps about it.</summary>
/// <param name="Id">The id that the commit signs; not computed again.</param>
/// <param name="SeenCommit">The precommits with which this node decided, before the next block brings the canonical ones.</param>
/// <param name="Validators">The set that decided this height.</param>
/// <param name="NextValidators">The set of the height after it, which the header commits to by next_validators_hash.</param>
public sealed record StoredBlock(
    Block Block,
    BlockId Id,
    Commit SeenCommit,
    BlockResults Results,
    ValidatorSet Validators,
    ValidatorSet NextValidators)
{
    public Height Height => Block.Header.Height;
}
