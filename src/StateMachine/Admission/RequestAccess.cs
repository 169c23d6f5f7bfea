using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Admission;

/// <summary>A peer asks for access with its node's key, or leaves.</summary>
/// <param name="Proof">The node key's signature over <see cref="SignBytes"/>, so that nobody asks for a stranger's key.</param>
public sealed record RequestAccess(AccessAction Action, PublicKey NodeKey, Signature Proof) : Message
{
    public const int FieldCount = 3;

    public override MessageKind Kind => MessageKind.Access;

    /// <summary>What the node key signs: chain, sender, action and key.</summary>
    public static byte[] SignBytes(string chainId, in Address sender, AccessAction action, in PublicKey nodeKey)
    {
        MessagePackWriter writer = new();
        writer.Array(4).Str(chainId).Bin(sender).UInt((ulong)action).Bin(nodeKey);
        return [.. SignDomains.Access, .. writer.Written];
    }

    /// <summary>The message with its proof.</summary>
    public static RequestAccess Sign(string chainId, in Address sender, AccessAction action, PrivateKey nodeKey) =>
        new(action, nodeKey.PublicKey, nodeKey.Sign(SignBytes(chainId, sender, action, nodeKey.PublicKey)));

    public override void WriteFields(ref MessagePackWriter writer) => writer.UInt((ulong)Action).Bin(NodeKey).Bin(Proof);

    public static Message Read(ref MessagePackReader reader)
    {
        AccessAction action = (AccessAction)reader.UInt8();
        if (!Enum.IsDefined(action)) reader.Fail(DecodeCode.OutOfRange);
        return new RequestAccess(action, reader.PublicKey(), reader.Signature());
    }
}
