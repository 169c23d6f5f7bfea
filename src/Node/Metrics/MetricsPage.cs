using System;
using System.Collections.Generic;
using Chain.Consensus.Core;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Mempool;
using Chain.Node.Peers;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;

namespace Chain.Node.Metrics;

/// <summary>
/// Writes <c>/metrics</c>: CometBFT's names (namespace <c>cometbft</c>) where they mean the same here, and ours under <c>chain_</c>.
/// </summary>
public sealed class MetricsPage(
    string chainId, string version, NodeParts parts, NodeMetrics metrics, VerifiedSignatures signatures, PeerService? peers)
{
    public string Write()
    {
        MetricsText text = new(chainId);
        Consensus(text);
        Validators(text);
        State(text);
        Mempool(text);
        Storage(text);
        Peers(text);
        ProcessMetrics.Write(text, version);
        return text.ToString();
    }

    private void Consensus(MetricsText text)
    {
        ChainTip tip = parts.Core.Tip;
        text.Gauge("cometbft_consensus_height", "Height that is being decided.", tip.Height.Value + 1);
        text.Gauge("cometbft_consensus_latest_block_height", "Newest block.", tip.Height.Value);
        text.Gauge("cometbft_consensus_rounds", "Round of the running height.", metrics.Round);
        text.Histogram("cometbft_consensus_round_duration_seconds", "What rounds took.", metrics.Rounds);
        text.Histogram("cometbft_consensus_block_interval_seconds", "Between the times of two blocks.", metrics.BlockIntervals);
        text.Gauge("cometbft_consensus_total_txs", "Transactions in blocks since the start.", metrics.TotalTransactions);
        if (parts.Blocks.LoadMeta(tip.Height) is { } meta)
        {
            text.Gauge("cometbft_consensus_num_txs", "Transactions in the newest block.", meta.TransactionCount);
            text.Gauge("cometbft_consensus_block_size_bytes", "Size of the newest block.", meta.SizeBytes);
        }
        text.Counter("cometbft_consensus_chain_size_bytes", "Bytes of blocks since the start.", metrics.ChainBytes);
        text.Metric("cometbft_consensus_step_duration_seconds", "histogram", "What the steps of a round took.");
        for (Step step = Step.Propose; step <= Step.Decided; step++)
        {
            text.Places("cometbft_consensus_step_duration_seconds", metrics.Steps[(int)step], ("step", step.ToString()));
        }
        text.Counter("cometbft_consensus_proposal_create_count", "Blocks that this node made to propose.", metrics.ProposalsMade);
        text.Metric("cometbft_consensus_proposal_receive_count", "counter", "Proposals of peers.")
            .Value("cometbft_consensus_proposal_receive_count", metrics.ProposalsOf(accepted: true), ("status", "accepted"))
            .Value("cometbft_consensus_proposal_receive_count", metrics.ProposalsOf(accepted: false), ("status", "rejected"));
        text.Counter("cometbft_consensus_duplicate_vote", "Votes of peers that were here already.", metrics.DuplicateVotes);
        text.Metric("cometbft_consensus_late_votes", "counter", "Votes for rounds that were over.")
            .Value("cometbft_consensus_late_votes", metrics.LateVotesOf(VoteType.Prevote), ("vote_type", "prevote"))
            .Value("cometbft_consensus_late_votes", metrics.LateVotesOf(VoteType.Precommit), ("vote_type", "precommit"));
        text.Counter("cometbft_blocksync_ingested_blocks", "Blocks that were fetched decided.", metrics.FetchedBlocks);
        text.Gauge("cometbft_statesync_syncing", "1 while a node that begins from a snapshot fetches it.", 0);
        text.Gauge("cometbft_blocksync_syncing", "1 while blocks that others decided are fetched.", parts.Core.IsBehind ? 1 : 0);
        text.Metric("chain_consensus_notes_total", "counter", "How often the core noted something.");
        foreach (NoteKind kind in Enum.GetValues<NoteKind>())
        {
            if (kind != NoteKind.None) text.Value("chain_consensus_notes_total", metrics.NotesOf(kind), ("kind", kind.ToString()));
        }
    }

    private void Validators(MetricsText text)
    {
        ValidatorSet set = parts.Core.Tip.Validators;
        text.Gauge("cometbft_consensus_validators", "Validators of the running height.", set.Count);
        text.Gauge("cometbft_consensus_validators_power", "Their power.", set.TotalPower);
        Address self = parts.Signer.PublicKey.Address;
        string address = Hex.Upper(self.Span);
        int index = set.IndexOf(self);
        text.Metric("cometbft_consensus_validator_power", "gauge", "Power of this node.")
            .Value("cometbft_consensus_validator_power", index < 0 ? 0 : set.Validators[index].Power, ("validator_address", address));
        text.Gauge("chain_signer_guard_height", "Height of the last signature.", parts.Signer.Guard.Height.Value);
        text.Metric("cometbft_consensus_validator_last_signed_height", "gauge", "Last block that a validator signed, since the start.");
        foreach ((Address validator, long last, _) in metrics.Signed.Read())
        {
            text.Value("cometbft_consensus_validator_last_signed_height", last, ("validator_address", Hex.Upper(validator.Span)));
        }
        text.Metric("cometbft_consensus_validator_missed_blocks", "gauge", "Blocks that a validator did not sign, since the start.");
        foreach ((Address validator, _, long missed) in metrics.Signed.Read())
        {
            text.Value("cometbft_consensus_validator_missed_blocks", missed, ("validator_address", Hex.Upper(validator.Span)));
        }
        if (metrics.Facts is not { } facts) return;
        text.Gauge("cometbft_consensus_precommits_counted", "Precommits for the block before the newest.", facts.LastCommit.Signatures.Count - facts.Missing);
        if (facts.LastValidators is { TotalPower: > 0 and long total })
        {
            text.Gauge(
                "cometbft_consensus_precommits_staking_percentage", "Their power, per cent.", 100.0 * (total - facts.MissingPower) / total);
        }
        text.Gauge("cometbft_consensus_missing_validators", "Who did not sign the block before the newest.", facts.Missing);
        text.Gauge("cometbft_consensus_missing_validators_power", "Their power.", facts.MissingPower);
        text.Gauge("cometbft_consensus_byzantine_validators", "Whose double votes the newest block carries.", facts.Byzantine);
        text.Gauge("cometbft_consensus_byzantine_validators_power", "Their power.", facts.ByzantinePower);
        if (facts.LastValidators is null || facts.LastValidators.IndexOf(self) < 0) return;
        text.Metric("chain_validator_signed_last_block", "gauge", "1 when this node's precommit is in the newest block's last commit.")
            .Value("chain_validator_signed_last_block", facts.Signed(self) ? 1 : 0, ("validator_address", address));
    }

    private void State(MetricsText text)
    {
        text.Histogram(
            "cometbft_state_block_processing_time", "Milliseconds for checking and executing a block.", metrics.Processing);
        text.Counter("cometbft_state_consensus_param_updates", "Blocks that changed consensus parameters.", metrics.ParameterUpdates);
        text.Counter("cometbft_state_validator_set_updates", "Blocks that changed the validators.", metrics.SetUpdates);
        text.Gauge("chain_snapshot_making_height", "Height whose snapshot is being made; 0 for none.", parts.Snapshots.Making?.Value ?? 0);
        text.Gauge(
            "chain_snapshot_first_height", "Oldest snapshot kept, which holds back pruning; 0 for none.", parts.Snapshots.NeededFrom?.Value ?? 0);
        text.Counter("chain_work_total", "Work units of the transactions in blocks since the start.", metrics.TotalWork);
        text.Gauge("chain_base_fee_ncredit", "Base fee, ncredit per work unit.", FeeState.Load(parts.State).BaseFee);
        text.Gauge("chain_blocks_first_height", "Oldest block kept.", parts.Blocks.First.Value);
        text.Gauge("chain_state_first_height", "Heights below have no state any more; 0 where nothing was pruned.", parts.State.PrunedBelow.Value);
    }

    private void Mempool(MetricsText text)
    {
        (int count, long bytes) = parts.Pool.Size;
        text.Gauge("cometbft_mempool_size", "Transactions waiting.", count);
        text.Gauge("cometbft_mempool_size_bytes", "Their bytes.", bytes);
        MempoolCounters counters = parts.Pool.Counters;
        text.Histogram("cometbft_mempool_tx_size_bytes", "Sizes of the transactions that were taken in.", counters.Sizes);
        text.Counter("cometbft_mempool_failed_txs", "Transactions that a check refused.", counters.Failed);
        text.Counter("cometbft_mempool_rejected_txs", "Right transactions for which there was no room.", counters.Rejected);
        text.Counter(
            "cometbft_mempool_evicted_txs", "Transactions that gave way, expired, or could not pay any more.", counters.Evicted);
        text.Counter("cometbft_mempool_recheck_times", "Looks at waiting transactions whose account a block touched.", counters.Rechecked);
        text.Counter("cometbft_mempool_already_received_txs", "Transactions that came again while they waited.", counters.AlreadyReceived);
        text.Counter("cometbft_mempool_reaped_txs", "Transactions taken for blocks of this node.", counters.Reaped);
        text.Counter("chain_mempool_admitted_txs_total", "Transactions that were taken in.", counters.Admitted);
    }

    private void Storage(MetricsText text)
    {
        text.Histogram("chain_wal_sync_seconds", "Syncs of the write-ahead log.", metrics.LogSyncs);
        text.Histogram("chain_signer_sync_seconds", "Syncs of the sign guard.", metrics.GuardSyncs);
        text.Histogram("chain_store_batch_seconds", "Batches written into the store.", metrics.StoreBatches);
        text.Counter("chain_signatures_verified_total", "Signatures that were checked and good.", signatures.VerifiedCount);
        text.Counter("chain_signatures_refused_total", "Signatures that were checked and bad.", signatures.RefusedCount);
        text.Counter("chain_signatures_remembered_total", "Signatures that had been checked before.", signatures.RememberedCount);
    }

    private void Peers(MetricsText text)
    {
        IReadOnlyList<PeerInfo> connected = peers?.Peers ?? [];
        text.Gauge("cometbft_p2p_peers", "Connected peers.", connected.Count);
        if (peers is null) return;
        PeerMetrics.Write(text, connected, peers.Counters);
        text.Metric("cometbft_consensus_peer_height", "gauge", "Newest block of a peer, as it says.");
        foreach (PeerView peer in parts.Peers.All)
        {
            text.Value("cometbft_consensus_peer_height", peer.Tip.Value, ("peer_id", Hex.Lower(peer.Id.Span)));
        }
    }
}
