using System.Collections.Generic;
using Chain.Node.Mempool;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;

namespace Chain.Node.Core;

/// <summary>
/// Builds the block of a height that is ours to propose, from the best transactions that fit. Execution is the judge: what
/// it would refuse without a fee is left out and dropped from the pool.
/// </summary>
public sealed class BlockProposer(BlockFactory factory, TransactionPool pool, EvidencePool evidence, Address self)
{
    /// <summary>Who proposes: this node's consensus address.</summary>
    public Address Self => self;

    public ExecutedBlock Build(ChainTip tip, Commit lastCommit, Timestamp time)
    {
        IReadOnlyList<DuplicateVoteEvidence> pending = evidence.Pending(tip.Height, tip.Time);
        long bytesMax = BlockSpace.TransactionBytes(tip.ConsensusParams.BlockBytesMax, lastCommit.Signatures.Count, pending.Count);
        ulong workMax = (ulong)tip.ConsensusParams.BlockGasMax;
        for (int attempt = 0; attempt < ReplicaLimits.BuildAttemptsMax; attempt++)
        {
            List<PooledTransaction> selected = pool.Select(bytesMax, workMax, (ulong)time.Seconds);
            ExecutedBlock built = Execute(tip, lastCommit, selected, pending, time);
            if (!DropRefused(selected, built)) return built;
        }
        return Execute(tip, lastCommit, [], pending, time);
    }

    private ExecutedBlock Execute(
        ChainTip tip,
        Commit lastCommit,
        List<PooledTransaction> selected,
        IReadOnlyList<DuplicateVoteEvidence> pending,
        Timestamp time)
    {
        Block block = factory.Make(tip, lastCommit, BytesOf(selected), pending, time, Self);
        return factory.Execute(tip, block, block.Id(), selected.ConvertAll(static pooled => pooled.Transaction));
    }

    /// <summary>True when some were refused, and then they are out of the pool.</summary>
    private bool DropRefused(List<PooledTransaction> selected, ExecutedBlock built)
    {
        bool dropped = false;
        for (int i = 0; i < selected.Count; i++)
        {
            if (!WasTurnedAway(built.Outcome.Results[i])) continue;
            pool.Drop(selected[i].Id);
            dropped = true;
        }
        return dropped;
    }

    /// <summary>Failed in key, sequence or fee: it would take space and pay nothing.</summary>
    private static bool WasTurnedAway(TransactionOutcome outcome) => outcome.Code != ResultCode.Ok && outcome.GasUsed == 0;

    private static byte[][] BytesOf(List<PooledTransaction> selected)
    {
        byte[][] bytes = new byte[selected.Count][];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = selected[i].Bytes;
        return bytes;
    }
}
