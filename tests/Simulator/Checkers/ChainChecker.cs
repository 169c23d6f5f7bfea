using System;
using System.Collections.Generic;
using Chain.Consensus.Light;
using Chain.Node.Core;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.Simulator.Cluster;
using Chain.Simulator.Reporting;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.Simulator.Checkers;

/// <summary>
/// The one chain that all correct nodes must hold: one block and one app hash a height, each block linked to the one before,
/// decided by a commit that verifies, its transactions signed; and what was once decided stays.
/// </summary>
internal sealed class ChainChecker(ISignatureVerifier signatures, Totals totals)
{
    private readonly List<Link> _chain = [];

    /// <summary>The highest height that a correct node decided.</summary>
    public long Top => _chain.Count;

    /// <summary>A correct node's tip moved, by any number of heights.</summary>
    /// <param name="from">The first height that is new there.</param>
    public void Moved(int node, NodeParts parts, long from)
    {
        for (long height = from; height <= parts.Core.Tip.Height.Value; height++) Check(node, parts, new Height(height));
        Link last = _chain[(int)parts.Core.Tip.Height.Value - 1];
        if (parts.Core.Tip.AppHash != last.AppHash) throw new SimulationFailure($"one app hash a height: n{node} differs at {last.Height}");
    }

    /// <summary>After a restart: the node's blocks are still those of the chain.</summary>
    public void CheckHeld(int node, NodeParts parts)
    {
        long tip = parts.Core.Tip.Height.Value;
        for (long height = 1; height <= tip; height++)
        {
            if (height > Top) throw new SimulationFailure($"n{node} came back at height {tip}, which nobody decided");
            if (parts.Blocks.LoadId(new Height(height)) != _chain[(int)height - 1].Id)
            {
                throw new SimulationFailure($"n{node} lost or changed its block of height {height}");
            }
        }
    }

    /// <summary>All credits of a node's state add up to nothing but what was minted.</summary>
    public static void CheckConserved(int node, NodeParts parts)
    {
        Int128 sum = 0;
        foreach (StoreId store in (StoreId[])[StoreId.Market, StoreId.Meta])
        {
            foreach (KeyValuePair<byte[], byte[]> pair in parts.State.Range(store))
            {
                SchemaEntry? entry = Schema.Find(store, pair.Key);
                if (entry is not null && entry.Held != SchemaEntry.HoldsNothing) sum += entry.Held(pair.Value);
            }
        }
        if (sum != 0) throw new SimulationFailure($"credits are conserved: n{node} holds {sum} ncredit too many");
    }

    private void Check(int node, NodeParts parts, Height height)
    {
        BlockStore blocks = parts.Blocks;
        BlockId id = blocks.LoadId(height) ?? throw new SimulationFailure($"n{node} has no block at its height {height}");
        BlockResults results = blocks.LoadResults(height)!;
        if (height.Value > Top + 1) throw new SimulationFailure($"n{node} decided height {height} before anybody decided {Top + 1}");
        if (height.Value > Top)
        {
            Block block = blocks.LoadBlock(height)!;
            CheckBlock(node, height, id, block);
            CheckLastCommit(node, blocks, block);
            _chain.Add(new Link(height, id, results.AppHash, block.Header.Time));
            totals.Heights++;
            totals.Transactions += block.Transactions.Count;
            totals.Evidence += block.Evidence.Count;
            if (block.Header.ValidatorsHash != block.Header.NextValidatorsHash) totals.SetChanges++;
        }
        Link link = _chain[(int)height.Value - 1];
        if (link.Id != id)
        {
            throw new SimulationFailure($"agreement: at height {height} n{node} decided {Wording.Short(id)}, others {Wording.Short(link.Id)}");
        }
        if (link.AppHash != results.AppHash) throw new SimulationFailure($"one app hash a height: n{node} differs at {height}");
        CommitVerdict verdict = CommitVerifier.Verify(
            ClusterGenesis.ChainId, blocks.LoadValidators(height)!, id, height, blocks.LoadSeenCommit(height)!, signatures);
        if (verdict != CommitVerdict.Valid) throw new SimulationFailure($"validity: n{node} decided height {height} by a commit that is {verdict}");
    }

    private void CheckBlock(int node, Height height, BlockId id, Block block)
    {
        Link? before = Top > 0 ? _chain[^1] : null;
        bool isLinked = block.Id() == id && block.Header.Height == height && block.Header.LastBlockId == (before?.Id ?? BlockId.Nil);
        if (!isLinked) throw new SimulationFailure($"validity: the block that n{node} decided at {height} does not follow the one before");
        if (before is not null && block.Header.AppHash != before.AppHash) throw new SimulationFailure($"validity: header {height} has another app hash");
        if (before is not null && block.Header.Time <= before.Time) throw new SimulationFailure($"validity: time stands still at {height}");
        foreach (byte[] transaction in block.Transactions)
        {
            bool isSigned = SignedTransaction.TryDecode(transaction, out SignedTransaction signed, out _) && signed.HasValidSignature(signatures);
            if (!isSigned) throw new SimulationFailure($"validity: height {height} carries a transaction that nobody signed");
        }
    }

    /// <summary>Light clients and evidence rest on the commit that each block carries of the one before.</summary>
    private void CheckLastCommit(int node, BlockStore blocks, Block block)
    {
        if (Top == 0) return;
        Link before = _chain[^1];
        CommitVerdict verdict = CommitVerifier.Verify(
            ClusterGenesis.ChainId, blocks.LoadValidators(before.Height)!, before.Id, before.Height, block.LastCommit, signatures);
        if (verdict == CommitVerdict.Valid) return;
        throw new SimulationFailure($"validity: the block that n{node} decided at {block.Header.Height} carries a last commit that is {verdict}");
    }

    private sealed record Link(Height Height, BlockId Id, Hash256 AppHash, Timestamp Time);
}
