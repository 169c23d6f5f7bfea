using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Execution;

/// <summary>
/// Whether evidence of a double vote may still be punished: not too old, and its (validator, height) not punished before. Its
/// signatures, powers and time are for consensus to verify.
/// </summary>
public static class EvidenceCheck
{
    /// <summary>Too old in blocks and in time, both; either alone leaves it good (CometBFT <c>evidence/verify.go</c>).</summary>
    /// <param name="tip">The last block before the one that would carry the evidence.</param>
    public static bool IsExpired(
        Parameters parameters, Height tip, Timestamp tipTime, Height voteHeight, Timestamp voteBlockTime)
    {
        Int128 blocks = (Int128)tip.Value - voteHeight.Value;
        Timestamp lastGood = voteBlockTime.AddMs((long)parameters.EvidenceSecondsMax * 1000);
        return blocks > parameters.EvidenceBlocksMax && tipTime > lastGood;
    }

    /// <summary>The fault that a block's evidence makes on the state before it, or none.</summary>
    /// <param name="tip">The last block before the one that carries the evidence.</param>
    public static BlockFaultCode Check(
        IStateReader committed,
        Parameters parameters,
        Height tip,
        Timestamp tipTime,
        IReadOnlyList<DuplicateVoteEvidence> evidence)
    {
        SortedSet<(long Height, Address Validator)> seen = [];
        foreach (DuplicateVoteEvidence item in evidence)
        {
            Vote vote = item.VoteA;
            if (IsExpired(parameters, tip, tipTime, vote.Height, item.Timestamp)) return BlockFaultCode.EvidenceExpired;
            bool isNew = seen.Add((vote.Height.Value, vote.ValidatorAddress))
                && !SlashKeys.IsTaken(committed, vote.ValidatorAddress, vote.Height);
            if (!isNew) return BlockFaultCode.EvidenceRepeated;
        }
        return BlockFaultCode.None;
    }
}
