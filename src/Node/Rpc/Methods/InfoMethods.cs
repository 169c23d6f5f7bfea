using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Chain.Networking;
using Chain.Node.Rpc.Json;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Store;

namespace Chain.Node.Rpc.Methods;

/// <summary>What the node says about itself and the chain's set-up.</summary>
internal sealed class InfoMethods
{
    /// <summary>The protocol whose headers and RPC this node speaks; clients choose their decoder by its first two numbers.</summary>
    private const string CometVersion = "0.38.0";

    /// <summary>CometBFT's peer protocol number in v0.38.</summary>
    private const long PeerProtocol = 8;

    private const int GenesisChunkBytes = 16 * 1024 * 1024;

    private readonly RpcPorts _ports;
    private readonly Func<IPEndPoint> _endpoint;
    private readonly byte[] _genesis;

    public InfoMethods(RpcPorts ports, Func<IPEndPoint> endpoint)
    {
        _ports = ports;
        _endpoint = endpoint;
        _genesis = Encoding.UTF8.GetBytes(ports.Status.Identity.GenesisJson);
        // A genesis that is no JSON would spoil every answer that carries it: refuse to start.
        using JsonDocument check = JsonDocument.Parse(_genesis);
    }

    public IEnumerable<RpcMethod> All =>
    [
        RpcMethod.Of("health", [], static _ => RpcAnswer.Empty),
        RpcMethod.Of("status", [], _ => Status()),
        RpcMethod.Of("net_info", [], _ => NetInfo()),
        RpcMethod.Of("genesis", [], _ => Genesis()),
        RpcMethod.Of("genesis_chunked", ["chunk"], GenesisChunked),
        RpcMethod.Of("consensus_params", ["height"], ConsensusParams),
        RpcMethod.Of("abci_info", [], _ => AbciInfo()),
    ];

    private RpcAnswer Status()
    {
        BlockMeta? latest = _ports.Blocks.LoadMeta(_ports.Blocks.Last);
        BlockMeta? earliest = _ports.Blocks.LoadMeta(_ports.Blocks.First);
        return RpcAnswer.Object(writer =>
        {
            NodeInfo(writer);
            writer.WriteStartObject("sync_info");
            BlockInfo(writer, "latest", latest);
            BlockInfo(writer, "earliest", earliest);
            writer.WriteBoolean("catching_up", _ports.Status.IsCatchingUp);
            writer.WriteEndObject();
            ValidatorInfo(writer, latest);
        });
    }

    private void NodeInfo(Utf8JsonWriter writer)
    {
        NodeIdentity identity = _ports.Status.Identity;
        writer.WriteStartObject("node_info");
        ProtocolVersion(writer, _ports.Status.AppVersion);
        writer.WriteString("id", identity.NodeId);
        writer.WriteString("listen_addr", identity.PeerListenAddress);
        writer.WriteString("network", identity.ChainId);
        writer.WriteString("version", CometVersion);
        // Our peers speak another protocol than CometBFT's, so there is none of its channels.
        writer.WriteString("channels", "");
        writer.WriteString("moniker", identity.Moniker);
        writer.WriteStartObject("other");
        writer.WriteString("tx_index", "on");
        writer.WriteString("rpc_address", $"tcp://{_endpoint()}");
        writer.WriteString("chain_version", identity.Version);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void ProtocolVersion(Utf8JsonWriter writer, ulong app)
    {
        writer.WriteStartObject("protocol_version");
        writer.Int64("p2p", PeerProtocol);
        writer.UInt64("block", Header.BlockProtocol);
        writer.UInt64("app", app);
        writer.WriteEndObject();
    }

    private static void BlockInfo(Utf8JsonWriter writer, string which, BlockMeta? meta)
    {
        writer.WriteString($"{which}_block_hash", meta is null ? "" : Hex.Upper(meta.Id.Hash.Span));
        writer.WriteString($"{which}_app_hash", meta is null ? "" : Hex.Upper(meta.Header.AppHash.Span));
        writer.Int64($"{which}_block_height", meta?.Header.Height.Value ?? 0);
        writer.Time($"{which}_block_time", meta?.Header.Time ?? default);
    }

    private void ValidatorInfo(Utf8JsonWriter writer, BlockMeta? latest)
    {
        NodeIdentity identity = _ports.Status.Identity;
        long power = 0;
        // The power of the height being decided, not of the last one; before the first block only the state knows it, if there is one.
        ValidatorSet? set = latest is not null
            ? _ports.Blocks.LoadValidators(latest.Header.Height.Next)
            : new StateStore(_ports.Store) is { Newest: not null } state ? ValidatorSets.Next(state) : null;
        if (set is not null)
        {
            int index = set.IndexOf(identity.ConsensusKey.Address);
            if (index >= 0) power = set.Validators[index].Power;
        }
        writer.WriteStartObject("validator_info");
        writer.HexUpper("address", identity.ConsensusKey.Address.Span);
        writer.PublicKey("pub_key", identity.ConsensusKey);
        writer.Int64("voting_power", power);
        writer.WriteEndObject();
    }

    private RpcAnswer NetInfo() => RpcAnswer.Object(writer =>
    {
        IReadOnlyList<PeerInfo> peers = _ports.Status.Peers;
        writer.WriteBoolean("listening", true);
        writer.WriteStartArray("listeners");
        writer.WriteStringValue(_ports.Status.Identity.PeerListenAddress);
        writer.WriteEndArray();
        writer.Int64("n_peers", peers.Count);
        writer.WriteStartArray("peers");
        foreach (PeerInfo peer in peers) Peer(writer, peer);
        writer.WriteEndArray();
    });

    private void Peer(Utf8JsonWriter writer, PeerInfo peer)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("node_info");
        ProtocolVersion(writer, peer.AppVersion);
        writer.WriteString("id", Hex.Lower(peer.Id.Span));
        writer.WriteString("listen_addr", $"tcp://{peer.Endpoint.Address}:{peer.ListenPort}");
        writer.WriteString("network", _ports.Status.Identity.ChainId);
        writer.WriteString("version", CometVersion);
        writer.WriteStartObject("other");
        writer.WriteString("chain_version", peer.Version);
        writer.WriteString("score", peer.Score.ToString(CultureInfo.InvariantCulture));
        if (peer.RoundTrip is { } trip)
        {
            writer.WriteString("round_trip_us", ((long)trip.TotalMicroseconds).ToString(CultureInfo.InvariantCulture));
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteBoolean("is_outbound", peer.Direction == PeerDirection.Outbound);
        writer.WriteString("remote_ip", peer.Endpoint.Address.ToString());
        writer.WriteEndObject();
    }

    private RpcAnswer Genesis()
    {
        if (_genesis.Length > GenesisChunkBytes)
        {
            return RpcAnswer.Fail(RpcError.Internal("genesis response is large, please use the genesis_chunked API instead"));
        }
        return RpcAnswer.Object(writer =>
        {
            writer.WritePropertyName("genesis");
            writer.WriteRawValue(_genesis, skipInputValidation: true);
        });
    }

    private RpcAnswer GenesisChunked(RpcCall call)
    {
        long chunk = call.Arguments.Int64("chunk") ?? 0;
        if (call.Arguments.Error is { } error) return RpcAnswer.Fail(error);
        int total = (_genesis.Length + GenesisChunkBytes - 1) / GenesisChunkBytes;
        if (chunk < 0 || chunk >= total)
        {
            return RpcAnswer.Fail(RpcError.Internal($"there are {total - 1} chunks, {chunk} is invalid"));
        }
        int from = (int)chunk * GenesisChunkBytes;
        return RpcAnswer.Object(writer =>
        {
            writer.Int64("chunk", chunk);
            writer.Int64("total", total);
            writer.WriteBase64String("data", _genesis.AsSpan(from, Math.Min(GenesisChunkBytes, _genesis.Length - from)));
        });
    }

    private RpcAnswer ConsensusParams(RpcCall call)
    {
        RpcError? error = HeightArgument.Read(call, _ports.Blocks, _ports.Blocks.Last.Next, out Height height);
        if (error is not null) return RpcAnswer.Fail(error);
        if (_ports.Status.ConsensusParamsAt(height) is not { } current)
        {
            return RpcAnswer.Fail(RpcError.Internal($"could not find consensus params for height #{height.Value}"));
        }
        return RpcAnswer.Object(writer =>
        {
            writer.Int64("block_height", height.Value);
            writer.WriteStartObject("consensus_params");
            writer.WriteStartObject("block");
            writer.Int64("max_bytes", current.BlockBytesMax);
            writer.Int64("max_gas", current.BlockGasMax);
            writer.WriteEndObject();
            writer.WriteStartObject("evidence");
            writer.Int64("max_age_num_blocks", current.EvidenceAgeBlocksMax);
            writer.Int64("max_age_duration", current.EvidenceAgeNsMax);
            writer.Int64("max_bytes", current.EvidenceBytesMax);
            writer.WriteEndObject();
            writer.WriteStartObject("validator");
            writer.WriteStartArray("pub_key_types");
            writer.WriteStringValue("ed25519");
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteStartObject("version");
            writer.UInt64("app", current.AppVersion);
            writer.WriteEndObject();
            writer.WriteStartObject("abci");
            writer.Int64("vote_extensions_enable_height", 0);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    private RpcAnswer AbciInfo()
    {
        Height last = _ports.Blocks.Last;
        BlockResults? results = _ports.Blocks.LoadResults(last);
        return RpcAnswer.Object(writer =>
        {
            writer.WriteStartObject("response");
            writer.WriteString("data", "chain");
            writer.WriteString("version", _ports.Status.Identity.Version);
            writer.UInt64("app_version", _ports.Status.AppVersion);
            writer.Int64("last_block_height", last.Value);
            writer.Base64("last_block_app_hash", results is null ? default : results.AppHash.Span);
            writer.WriteEndObject();
        });
    }
}
