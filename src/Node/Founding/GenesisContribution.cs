using System;
using System.Text;
using System.Text.Json;
using Chain.Node.Hosting;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Genesis;

namespace Chain.Node.Founding;

/// <summary>
/// What one operator gives to the genesis of a chain with several: the public keys, where peers find the node, and a signature of
/// each key over all of it, so that nobody can bring in a key that is not theirs, or bring a contribution into another chain.
/// </summary>
/// <param name="ChainId">The chain that it is for.</param>
/// <param name="Moniker">A name for people.</param>
/// <param name="PeerAddress">Where others dial this node, as host:port.</param>
/// <param name="OperatorKey">Its address is the account of the provider behind the validator.</param>
/// <param name="ConsensusKey">Signs blocks.</param>
/// <param name="NodeKey">Speaks to peers.</param>
public sealed record GenesisContribution(
    string ChainId,
    string Moniker,
    string PeerAddress,
    PublicKey OperatorKey,
    PublicKey ConsensusKey,
    PublicKey NodeKey,
    Signature OperatorProof,
    Signature ConsensusProof,
    Signature NodeProof)
{
    /// <summary>Of <see cref="Moniker"/>, bytes.</summary>
    public const int MonikerBytesMax = 64;

    /// <summary>What the genesis takes from it.</summary>
    public GenesisMember Member => new(OperatorKey.Address, ConsensusKey, NodeKey, Moniker);

    /// <summary>Where others dial this node, as nodeid@host:port.</summary>
    public string Peer => $"{Hex.Lower(NodeKey.Address.Span)}@{PeerAddress}";

    public static GenesisContribution Sign(
        string chainId, string moniker, string peerAddress, PrivateKey operatorKey, PrivateKey consensusKey, PrivateKey nodeKey)
    {
        GenesisContribution unsigned = new(
            chainId, moniker, peerAddress, operatorKey.PublicKey, consensusKey.PublicKey, nodeKey.PublicKey, default, default, default);
        byte[] signed = unsigned.SignBytes();
        return unsigned with
        {
            OperatorProof = operatorKey.Sign(signed),
            ConsensusProof = consensusKey.Sign(signed),
            NodeProof = nodeKey.Sign(signed),
        };
    }

    /// <summary>The contribution as a file, which <see cref="TryParse"/> reads.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(
        new ContributionFile
        {
            Format = ContributionFile.FormatName,
            ChainId = ChainId,
            Moniker = Moniker,
            PeerAddress = PeerAddress,
            OperatorKey = Hex.Lower(OperatorKey.Span),
            ConsensusKey = Hex.Lower(ConsensusKey.Span),
            NodeKey = Hex.Lower(NodeKey.Span),
            OperatorProof = Hex.Lower(OperatorProof.Span),
            ConsensusProof = Hex.Lower(ConsensusProof.Span),
            NodeProof = Hex.Lower(NodeProof.Span),
        },
        ContributionJson.Default.ContributionFile);

    /// <summary>Reads a file and checks all of it, the signatures too; else <paramref name="error"/> says what is wrong.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, out GenesisContribution? contribution, out string error)
    {
        contribution = null;
        ContributionFile? file;
        try
        {
            file = JsonSerializer.Deserialize(json, ContributionJson.Default.ContributionFile);
        }
        catch (JsonException e)
        {
            string line = e.LineNumber is { } number ? $"line {number + 1}: " : "";
            error = $"{line}this is no contribution to a genesis: {e.Message}";
            return false;
        }
        if (file is null || file.Format != ContributionFile.FormatName)
        {
            error = $"the format is not \"{ContributionFile.FormatName}\"";
            return false;
        }
        contribution = new GenesisContribution(
            file.ChainId,
            file.Moniker,
            file.PeerAddress,
            KeyIn("operator_key", file.OperatorKey, out string? operatorFault),
            KeyIn("consensus_key", file.ConsensusKey, out string? consensusFault),
            KeyIn("node_key", file.NodeKey, out string? nodeFault),
            ProofIn("operator_proof", file.OperatorProof, out string? operatorProofFault),
            ProofIn("consensus_proof", file.ConsensusProof, out string? consensusProofFault),
            ProofIn("node_proof", file.NodeProof, out string? nodeProofFault));
        error = operatorFault ?? consensusFault ?? nodeFault ?? operatorProofFault ?? consensusProofFault ?? nodeProofFault
            ?? contribution.Fault() ?? "";
        if (error.Length > 0) contribution = null;
        return contribution is not null;
    }

    /// <summary>What is wrong with it in itself; null when nothing is.</summary>
    public string? Fault()
    {
        if (!ChainIds.IsValid(ChainId)) return $"chain_id \"{ChainId}\" is no chain id, like name-1";
        if (Encoding.UTF8.GetByteCount(Moniker) is 0 or > MonikerBytesMax)
        {
            return $"moniker must have 1 to {MonikerBytesMax} bytes";
        }
        if (!Networking.PeerAddress.TryParse(Peer, out _, out string fault)) return $"peer_address \"{PeerAddress}\": {fault}";
        if (NodeKey == ConsensusKey || OperatorKey == ConsensusKey || OperatorKey == NodeKey)
        {
            return "operator, consensus and node key must be three different keys";
        }
        byte[] signed = SignBytes();
        if (!Ed25519.Verify(OperatorKey, signed, OperatorProof)) return "operator_proof is no signature of operator_key over this file";
        if (!Ed25519.Verify(ConsensusKey, signed, ConsensusProof)) return "consensus_proof is no signature of consensus_key over this file";
        if (!Ed25519.Verify(NodeKey, signed, NodeProof)) return "node_proof is no signature of node_key over this file";
        return null;
    }

    private byte[] SignBytes()
    {
        MessagePackWriter writer = new();
        writer.Array(6).Str(ChainId).Str(Moniker).Str(PeerAddress).Bin(OperatorKey).Bin(ConsensusKey).Bin(NodeKey);
        return [.. SignDomains.GenesisContribution, .. writer.Written];
    }

    private static PublicKey KeyIn(string name, string text, out string? fault)
    {
        Span<byte> bytes = stackalloc byte[PublicKey.Size];
        fault = Hex.TryDecode(text, bytes) ? null : $"{name} is not {PublicKey.Size * 2} hexadecimal digits";
        return PublicKey.From(bytes);
    }

    private static Signature ProofIn(string name, string text, out string? fault)
    {
        Span<byte> bytes = stackalloc byte[Signature.Size];
        fault = Hex.TryDecode(text, bytes) ? null : $"{name} is not {Signature.Size * 2} hexadecimal digits";
        return Signature.From(bytes);
    }
}
