using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;

namespace Chain.Networking.Wire;

/// <summary>Who speaks, on which chain. Heights are not here: they change, and belong to the summaries.</summary>
/// <param name="Instance">A random number for each start of a node: another one means that the peer has restarted.</param>
internal sealed record Hello(string ChainId, Hash256 GenesisHash, string Version, ushort ListenPort, ulong Instance)
{
    private const int Arity = 7;

    public byte[] ToFrame() => ControlMessage.Frame(writer => writer
        .Array(Arity)
        .UInt(ControlMessage.ProtocolVersion)
        .UInt((ulong)ControlKind.Hello)
        .Str(ChainId)
        .Bin(GenesisHash)
        .Str(Version)
        .UInt(ListenPort)
        .UInt(Instance));

    /// <summary>Reads the fields after version and kind.</summary>
    public static Hello Read(ref MessagePackReader reader) => new(
        PlainText.Read(ref reader, Limits.ChainIdBytesMax),
        reader.Hash256(),
        PlainText.Read(ref reader, NetworkLimits.VersionBytesMax),
        (ushort)reader.UInt(ushort.MaxValue),
        reader.UInt());
}
