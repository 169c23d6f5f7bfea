using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Registry;

/// <summary>A validator's seat: the keys that speak in consensus and the provider who answers for them.</summary>
/// <param name="Provider">Address of the registered provider.</param>
/// <param name="NodeKey">Key of the node's connections, by which peers admit it.</param>
/// <param name="Power">Voting power, above zero.</param>
public sealed record Seat(PublicKey ConsensusKey, Address Provider, PublicKey NodeKey, long Power)
{
    private const int CodecVersion = 1;

    public Address ConsensusAddress => ConsensusKey.Address;

    public byte[] Encode() => new MessagePackWriter()
        .Array(5).UInt(CodecVersion).Bin(ConsensusKey).Bin(Provider).Bin(NodeKey).Int(Power).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Seat seat, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(5);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        seat = new Seat(
            reader.PublicKey(),
            reader.Address(),
            reader.PublicKey(),
            reader.Int(1, Primitives.Limits.TotalVotingPowerMax));
        reader.EndArray();
        return reader.TryFinish(out error);
    }

    /// <summary>Voting power: the same for every seat when the parameter says so, else the seat's own.</summary>
    internal long PowerUnder(Parameters parameters) =>
        parameters.PowerPerSeat > 0 ? (long)parameters.PowerPerSeat : Power;
}
