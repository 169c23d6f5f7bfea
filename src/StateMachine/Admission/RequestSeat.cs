using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Admission;

/// <summary>
/// The sender, a registered provider, asks for a validator seat, leaves it, or rotates one of its keys. What an action does not
/// need is zero. Each key that is named signs <see cref="SignBytes"/>.
/// </summary>
/// <param name="ConsensusKey">The key that shall vote; zero when leaving and when the node key rotates.</param>
/// <param name="NodeKey">The key of the node's connections; zero when leaving and when the consensus key rotates.</param>
/// <param name="FormerProof">Rotation only: the signature of the key that goes.</param>
public sealed record RequestSeat(
    SeatAction Action,
    PublicKey ConsensusKey,
    Signature ConsensusProof,
    PublicKey NodeKey,
    Signature NodeProof,
    Signature FormerProof) : Message
{
    public const int FieldCount = 6;

    public override MessageKind Kind => MessageKind.Validator;

    public static readonly RequestSeat Leave = new(SeatAction.Leave, default, default, default, default, default);

    /// <summary>What every key of the message signs: chain, provider, action, both keys, and the key that goes (zero if none).</summary>
    public static byte[] SignBytes(
        string chainId,
        in Address provider,
        SeatAction action,
        in PublicKey consensusKey,
        in PublicKey nodeKey,
        in PublicKey former)
    {
        MessagePackWriter writer = new();
        writer.Array(6).Str(chainId).Bin(provider).UInt((ulong)action).Bin(consensusKey).Bin(nodeKey).Bin(former);
        return [.. SignDomains.Seat, .. writer.Written];
    }

    public static RequestSeat SignAsk(string chainId, in Address provider, PrivateKey consensusKey, PrivateKey nodeKey)
    {
        byte[] signed = SignBytes(chainId, provider, SeatAction.Ask, consensusKey.PublicKey, nodeKey.PublicKey, default);
        return new RequestSeat(
            SeatAction.Ask, consensusKey.PublicKey, consensusKey.Sign(signed), nodeKey.PublicKey, nodeKey.Sign(signed), default);
    }

    public static RequestSeat SignRotateConsensus(string chainId, in Address provider, PrivateKey former, PrivateKey key)
    {
        byte[] signed = SignBytes(
            chainId, provider, SeatAction.RotateConsensus, key.PublicKey, default, former.PublicKey);
        return new RequestSeat(
            SeatAction.RotateConsensus, key.PublicKey, key.Sign(signed), default, default, former.Sign(signed));
    }

    public static RequestSeat SignRotateNode(string chainId, in Address provider, PrivateKey former, PrivateKey key)
    {
        byte[] signed = SignBytes(chainId, provider, SeatAction.RotateNode, default, key.PublicKey, former.PublicKey);
        return new RequestSeat(SeatAction.RotateNode, default, default, key.PublicKey, key.Sign(signed), former.Sign(signed));
    }

    public override void WriteFields(ref MessagePackWriter writer) => writer.UInt((ulong)Action)
        .Bin(ConsensusKey).Bin(ConsensusProof).Bin(NodeKey).Bin(NodeProof).Bin(FormerProof);

    public static Message Read(ref MessagePackReader reader)
    {
        SeatAction action = (SeatAction)reader.UInt8();
        RequestSeat request = new(
            action, reader.PublicKey(), reader.Signature(), reader.PublicKey(), reader.Signature(), reader.Signature());
        if (!request.IsWellFormed()) reader.Fail(DecodeCode.OutOfRange);
        return request;
    }

    /// <summary>Exactly the keys and proofs that the action needs are not zero.</summary>
    private bool IsWellFormed()
    {
        bool isRotation = Action is SeatAction.RotateConsensus or SeatAction.RotateNode;
        bool needsConsensus = Action is SeatAction.Ask or SeatAction.RotateConsensus;
        bool needsNode = Action is SeatAction.Ask or SeatAction.RotateNode;
        return Enum.IsDefined(Action)
            && (ConsensusKey != default) == needsConsensus && (ConsensusProof != default) == needsConsensus
            && (NodeKey != default) == needsNode && (NodeProof != default) == needsNode
            && (FormerProof != default) == isRotation
            && (!needsNode || NodeKey != ConsensusKey);
    }
}
