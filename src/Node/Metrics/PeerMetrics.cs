using System;
using System.Collections.Generic;
using System.Globalization;
using Chain.Networking;
using Chain.Primitives.Bytes;

namespace Chain.Node.Metrics;

/// <summary>What <c>/metrics</c> tells of the peers, whatever the node is at.</summary>
internal static class PeerMetrics
{
    public static void Write(MetricsText text, IReadOnlyList<PeerInfo> connected, NetworkCounters counters)
    {
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
        Queued(text, "cometbft_p2p_peer_pending_send_bytes", "Bytes waiting to be sent.", connected, static c => c.SendQueuedBytes);
        Queued(text, "cometbft_p2p_peer_send_queue_size", "Messages waiting to be sent.", connected, static c => c.SendQueuedMessages);
        text.Metric("chain_p2p_peer_score", "gauge", "100 is a clean record, 0 ends the connection.");
        foreach (PeerInfo peer in connected) text.Value("chain_p2p_peer_score", peer.Score, ("peer_id", Hex.Lower(peer.Id.Span)));
        text.Metric("chain_p2p_peer_round_trip_seconds", "gauge", "Of the last ping.");
        foreach (PeerInfo peer in connected)
        {
            if (peer.RoundTrip is not { } trip) continue;
            text.Value("chain_p2p_peer_round_trip_seconds", trip.TotalSeconds, ("peer_id", Hex.Lower(peer.Id.Span)));
        }
    }

    private static void Queued(
        MetricsText text, string name, string help, IReadOnlyList<PeerInfo> connected, Func<ChannelInfo, long> value)
    {
        text.Metric(name, "gauge", help);
        foreach (PeerInfo peer in connected)
        {
            long queued = 0;
            foreach (ChannelInfo channel in peer.Channels) queued += value(channel);
            text.Value(name, queued, ("peer_id", Hex.Lower(peer.Id.Span)));
        }
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
