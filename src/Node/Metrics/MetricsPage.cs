using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using Chain.Consensus.Core;
using Chain.Networking;
using Chain.Node.Core;
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
        Process(text);
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
        text.Gauge("cometbft_statesync_syncing", "0: a node that begins from a snapshot serves no metrics yet.", 0);
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
        text.Counter("cometbft_mempool_failed_txs", "Transactions that were refused.", parts.Intake.RefusedCount);
        text.Counter("chain_mempool_admitted_txs_total", "Transactions that were taken in.", parts.Intake.AdmittedCount);
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
        NetworkCounters counters = peers.Counters;
        ByChannel(text, "cometbft_p2p_message_send_bytes_total", "Bytes of frames sent.", counters.SentBytes);
        ByChannel(text, "cometbft_p2p_message_receive_bytes_total", "Bytes of frames received.", counters.ReceivedBytes);
        text.Counter("chain_p2p_dials_total", "Attempts to connect.", counters.Dials);
        text.Counter("chain_p2p_accepted_total", "Connections that others began.", counters.Accepted);
        text.Counter("chain_p2p_turned_away_total", "Connections closed since too many began at once.", counters.TurnedAway);
        text.Counter("chain_p2p_connected_total", "Handshakes that made a peer.", counters.Connected);
        text.Counter("chain_p2p_bans_total", "Keys that were banned for a while.", counters.Bans);
        ByReason(text, "chain_p2p_refused_total", "Handshakes that failed.", counters.Refused);
        ByReason(text, "chain_p2p_ended_total", "Connections that ended.", counters.Ended);
        PerPeer(text, "cometbft_p2p_peer_send_bytes_total", "counter", "Bytes sent to a peer.", connected, static c => c.SentBytes);
        PerPeer(text, "cometbft_p2p_peer_receive_bytes_total", "counter", "Bytes from a peer.", connected, static c => c.ReceivedBytes);
        PerPeer(text, "chain_p2p_peer_dropped_messages_total", "counter", "Messages a full queue refused.", connected, static c => c.Dropped);
        text.Metric("cometbft_p2p_peer_pending_send_bytes", "gauge", "Bytes waiting to be sent.");
        foreach (PeerInfo peer in connected)
        {
            long queued = 0;
            foreach (ChannelInfo channel in peer.Channels) queued += channel.SendQueuedBytes;
            text.Value("cometbft_p2p_peer_pending_send_bytes", queued, ("peer_id", Hex.Lower(peer.Id.Span)));
        }
        text.Metric("cometbft_p2p_peer_send_queue_size", "gauge", "Messages waiting to be sent.");
        foreach (PeerInfo peer in connected)
        {
            long queued = 0;
            foreach (ChannelInfo channel in peer.Channels) queued += channel.SendQueuedMessages;
            text.Value("cometbft_p2p_peer_send_queue_size", queued, ("peer_id", Hex.Lower(peer.Id.Span)));
        }
        text.Metric("cometbft_consensus_peer_height", "gauge", "Newest block of a peer, as it says.");
        foreach (PeerView peer in parts.Peers.All)
        {
            text.Value("cometbft_consensus_peer_height", peer.Tip.Value, ("peer_id", Hex.Lower(peer.Id.Span)));
        }
        text.Metric("chain_p2p_peer_score", "gauge", "100 is a clean record, 0 ends the connection.");
        foreach (PeerInfo peer in connected) text.Value("chain_p2p_peer_score", peer.Score, ("peer_id", Hex.Lower(peer.Id.Span)));
        text.Metric("chain_p2p_peer_round_trip_seconds", "gauge", "Of the last ping.");
        foreach (PeerInfo peer in connected)
        {
            if (peer.RoundTrip is not { } trip) continue;
            text.Value("chain_p2p_peer_round_trip_seconds", trip.TotalSeconds, ("peer_id", Hex.Lower(peer.Id.Span)));
        }
    }

    private void Process(MetricsText text)
    {
        using Process self = System.Diagnostics.Process.GetCurrentProcess();
        text.Counter("process_cpu_seconds_total", "Processor time.", self.TotalProcessorTime.TotalSeconds);
        text.Gauge("process_resident_memory_bytes", "Memory in use.", self.WorkingSet64);
        text.Gauge("dotnet_gc_heap_bytes", "Managed memory.", GC.GetTotalMemory(forceFullCollection: false));
        text.Metric("chain_build_info", "gauge", "Always 1.").Value("chain_build_info", 1, ("version", version));
    }

    private static void ByChannel(MetricsText text, string name, string help, IReadOnlyList<long> bytes)
    {
        text.Metric(name, "counter", help);
        for (int i = 0; i < bytes.Count; i++) text.Value(name, bytes[i], ("message_type", ChannelName(i)));
    }

    private static void ByReason(MetricsText text, string name, string help, IReadOnlyList<long> counts)
    {
        text.Metric(name, "counter", help);
        for (int i = 0; i < counts.Count; i++)
        {
            if (counts[i] > 0) text.Value(name, counts[i], ("reason", ((EndReason)i).ToString()));
        }
    }

    private static void PerPeer(
        MetricsText text, string name, string type, string help, IReadOnlyList<PeerInfo> connected, Func<ChannelInfo, long> value)
    {
        text.Metric(name, type, help);
        foreach (PeerInfo peer in connected)
        {
            foreach (ChannelInfo channel in peer.Channels)
            {
                string number = "0x" + ((int)channel.Channel).ToString("x2", CultureInfo.InvariantCulture);
                text.Value(name, value(channel), ("peer_id", Hex.Lower(peer.Id.Span)), ("chID", number));
            }
        }
    }

    private static string ChannelName(int channel) => channel == 0 ? "control" : ((Channel)channel).ToString().ToLowerInvariant();
}
