using System.Collections.Generic;
using Chain.Node.Mempool;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Execution;

namespace Chain.Node.Core;

/// <summary>
/// Builds the block of a height that is ours to propose: our part in the beacon, then the best transactions that fit. Execution is the judge: what
/// it would refuse without a fee is left out and dropped from the pool.
/// </summary>
public sealed class BlockProposer(
    BlockFactory factory, TransactionPool pool, EvidencePool evidence, BeaconKeeper beacon)
{
    /// <summary>Who proposes: this node's consensus address.</summary>
    public Address Self => beacon.Validator;

    public ExecutedBlock Build(ChainTip tip, Commit lastCommit, Timestamp time)
    {
        IReadOnlyList<DuplicateVoteEvidence> pending = evidence.Pending(tip.Height, tip.Time);
        long bytesMax = BlockSpace.TransactionBytes(tip.ConsensusParams.BlockBytesMax, lastCommit.Signatures.Count, pending.Count);
        byte[]? opening = bytesMax < BeaconTransaction.Size + BlockSpace.TransactionOverheadBytes ? null : beacon.NextOpening();
        if (opening is not null) bytesMax -= opening.Length + BlockSpace.TransactionOverheadBytes;
        ulong workMax = (ulong)tip.ConsensusParams.BlockGasMax;
        for (int attempt = 0; attempt < ReplicaLimits.BuildAttemptsMax; attempt++)
        {
            List<PooledTransaction> selected = pool.Select(
                bytesMax, workMax, (ulong)time.Seconds, ReplicaLimits.ProposedTransactionsMax);
            ExecutedBlock built = Execute(tip, lastCommit, opening, selected, pending, time);
            if (!DropRefused(selected, built)) return built;
        }
        return Execute(tip, lastCommit, opening, [], pending, time);
    }

    private ExecutedBlock Execute(
        ChainTip tip,
        Commit lastCommit,
        byte[]? opening,
        List<PooledTransaction> selected,
        IReadOnlyList<DuplicateVoteEvidence> pending,
        Timestamp time)
    {
        Block block = factory.Make(tip, lastCommit, BytesOf(opening, selected), pending, time, Self);
        return factory.Execute(tip, block, block.Id(), selected.ConvertAll(static pooled => pooled.Transaction));
    }

    /// <summary>True when some were refused, and then they are out of the pool.</summary>
    private bool DropRefused(List<PooledTransaction> selected, ExecutedBlock built)
    {
        bool dropped = false;
        int first = built.Outcome.Results.Count - selected.Count;
        for (int i = 0; i < selected.Count; i++)
        {
            if (!WasTurnedAway(built.Outcome.Results[first + i])) continue;
            pool.Drop(selected[i].Id);
            dropped = true;
        }
        return dropped;
    }

    /// <summary>Failed in key, sequence or fee: it would take space and pay nothing.</summary>
    private static bool WasTurnedAway(TransactionOutcome outcome) => outcome.Code != ResultCode.Ok && outcome.GasUsed == 0;

    private static byte[][] BytesOf(byte[]? opening, List<PooledTransaction> selected)
    {
        List<byte[]> bytes = new(selected.Count + 1);
        if (opening is not null) bytes.Add(opening);
        foreach (PooledTransaction pooled in selected) bytes.Add(pooled.Bytes);
        return [.. bytes];
    }
}
