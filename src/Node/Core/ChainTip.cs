using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Node.Core;

/// <summary>The last decided block, as far as the next one builds on it.</summary>
/// <param name="Height">Height of that block; the genesis' initial height − 1 before the first.</param>
/// <param name="BlockId">Its id; nil before the first.</param>
/// <param name="Time">Its header time; the genesis time before the first.</param>
/// <param name="AppHash">State after it.</param>
/// <param name="ResultsHash">Results of it.</param>
/// <param name="Commit">The precommits that decided it.</param>
/// <param name="Validators">Who decides the next height.</param>
/// <param name="NextValidators">Who decides the height after that.</param>
/// <param name="ConsensusParams">Parameters in force for the next block.</param>
/// <param name="AppVersion">Rules of the next block.</param>
/// <param name="CallsForAnotherBlock">The next block should follow at once, so that this one's state can be proven.</param>
public sealed record ChainTip(
    Height Height,
    BlockId BlockId,
    Timestamp Time,
    Hash256 AppHash,
    Hash256 ResultsHash,
    Commit Commit,
    ValidatorSet Validators,
    ValidatorSet NextValidators,
    ConsensusParams ConsensusParams,
    ulong AppVersion,
    bool CallsForAnotherBlock);
