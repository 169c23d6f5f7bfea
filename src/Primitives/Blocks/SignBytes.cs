using Chain.Primitives.Codec;

namespace Chain.Primitives.Blocks;

/// <summary>
/// What validators sign: the length-prefixed canonical protobuf of CometBFT v0.38 (<c>types/canonical.go</c>), so that its
/// light clients verify our commits.
/// </summary>
public static class SignBytes
{
    public static byte[] Vote(
        string chainId, VoteType type, Height height, Round round, in BlockId blockId, Timestamp timestamp)
    {
        ProtoWriter canonical = new();
        canonical.Varint(1, (long)type).SFixed64(2, height.Value).SFixed64(3, round.Value);
        if (!blockId.IsNil) canonical.Message(4, blockId.ToProto());
        canonical.Message(5, timestamp.ToProto()).String(6, chainId);
        return Delimit(canonical);
    }

    public static byte[] Proposal(
        string chainId, Height height, Round round, Round polRound, in BlockId blockId, Timestamp timestamp)
    {
        ProtoWriter canonical = new();
        canonical.Varint(1, (long)VoteType.Proposal).SFixed64(2, height.Value).SFixed64(3, round.Value);
        canonical.Varint(4, polRound.Value);
        if (!blockId.IsNil) canonical.Message(5, blockId.ToProto());
        canonical.Message(6, timestamp.ToProto()).String(7, chainId);
        return Delimit(canonical);
    }

    private static byte[] Delimit(ProtoWriter message) =>
        new ProtoWriter().RawVarint((ulong)message.Written.Length).Raw(message.Written).ToArray();
}
