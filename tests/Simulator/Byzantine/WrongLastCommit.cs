using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;
using Chain.Simulator.Cluster;
using Chain.Simulator.Options;

namespace Chain.Simulator.Byzantine;

/// <summary>Last commits that a faulty proposer makes out of the right one. None of them proves the block before.</summary>
internal sealed class WrongLastCommit(PrivateKey key, Dice dice)
{
    private Commit? _earlier;

    /// <summary>A commit that no validator may vote for, or null for the first block, which carries none.</summary>
    public Commit? Draw(Commit right)
    {
        if (right.Signatures.Count == 0) return null;
        Commit wrong = dice.Below(6) switch
        {
            0 => Forged(right),
            1 => right with { Signatures = [.. right.Signatures, right.Signatures[0]] },
            2 => WithoutQuorum(right),
            3 => Foreign(right),
            4 when _earlier is { } earlier && earlier.Height != right.Height => earlier,
            _ => Repeated(right),
        };
        _earlier = right;
        return wrong;
    }

    /// <summary>One signature stands under a time that its validator did not sign.</summary>
    private Commit Forged(Commit right)
    {
        int place = dice.Below(right.Signatures.Count);
        CommitSig sig = right.Signatures[place];
        CommitSig forged = sig.IsAbsent ? sig with { Timestamp = sig.Timestamp.AddMs(1) } : sig with { Timestamp = sig.Timestamp.AddMs(3_600_000) };
        return With(right, place, forged);
    }

    /// <summary>No more than its own signature.</summary>
    private Commit WithoutQuorum(Commit right)
    {
        List<CommitSig> few = [];
        foreach (CommitSig sig in right.Signatures) few.Add(IsOwn(sig) ? sig : CommitSig.Absent);
        if (few.Count == 1) few.Clear();
        return right with { Signatures = few };
    }

    /// <summary>For a block that nobody decided, rightly signed by itself alone.</summary>
    private Commit Foreign(Commit right)
    {
        Commit foreign = right with { BlockId = right.BlockId with { Hash = Sha256.Hash(right.BlockId.Hash.Span) } };
        for (int i = 0; i < foreign.Signatures.Count; i++)
        {
            if (!IsOwn(foreign.Signatures[i])) continue;
            return With(foreign, i, foreign.Signatures[i] with { Signature = key.Sign(foreign.SignBytesOf(i, ClusterGenesis.ChainId)) });
        }
        return foreign;
    }

    /// <summary>One validator's entry at every place; alone, one entry more.</summary>
    private static Commit Repeated(Commit right)
    {
        CommitSig first = default;
        foreach (CommitSig sig in right.Signatures)
        {
            if (!sig.IsAbsent) first = sig;
        }
        List<CommitSig> same = [];
        for (int i = 0; i < right.Signatures.Count; i++) same.Add(first);
        if (same.Count == 1) same.Add(first);
        return right with { Signatures = same };
    }

    private bool IsOwn(CommitSig sig) => !sig.IsAbsent && sig.ValidatorAddress == key.PublicKey.Address;

    private static Commit With(Commit commit, int place, CommitSig sig)
    {
        List<CommitSig> signatures = [.. commit.Signatures];
        signatures[place] = sig;
        return commit with { Signatures = signatures };
    }
}
