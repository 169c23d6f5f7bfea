using System.Collections.Generic;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Node.Metrics;

/// <summary>What a block shows of the validators.</summary>
/// <param name="LastCommit">Precommits for the block before: by now the late ones are in it.</param>
/// <param name="LastValidators">Those that could sign it; null when the block before was decided before the start.</param>
public sealed record BlockFacts(
    ValidatorSet Validators,
    Commit LastCommit,
    ValidatorSet? LastValidators,
    int Missing,
    long MissingPower,
    int Byzantine,
    long ByzantinePower)
{
    public static BlockFacts Of(StoredBlock stored, ValidatorSet? before)
    {
        int missing = 0;
        long missingPower = 0;
        IReadOnlyList<CommitSig> signatures = stored.Block.LastCommit.Signatures;
        for (int i = 0; before is not null && i < signatures.Count && i < before.Count; i++)
        {
            if (signatures[i].Flag != BlockIdFlag.Absent) continue;
            missing++;
            missingPower += before.Validators[i].Power;
        }
        SortedSet<Address> byzantine = [];
        long byzantinePower = 0;
        foreach (DuplicateVoteEvidence evidence in stored.Block.Evidence)
        {
            if (byzantine.Add(evidence.VoteA.ValidatorAddress)) byzantinePower += evidence.ValidatorPower;
        }
        return new BlockFacts(
            stored.Validators, stored.Block.LastCommit, before, missing, missingPower, byzantine.Count, byzantinePower);
    }

    /// <summary>True when a validator signed the block before; false as well where it could not.</summary>
    public bool Signed(in Address validator)
    {
        int index = LastValidators?.IndexOf(validator) ?? -1;
        return index >= 0 && index < LastCommit.Signatures.Count && LastCommit.Signatures[index].Flag != BlockIdFlag.Absent;
    }
}
