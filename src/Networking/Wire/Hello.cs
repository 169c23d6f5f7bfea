using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;

namespace Chain.Networking.Wire;

/// <summary>Who speaks, on which chain, and which blocks it holds at that moment; later summaries say what became of that.</summary>
/// <param name="Version">Of the software, any text.</param>
/// <param name="Instance">A random number for each start of a node: another one means that the peer has restarted.</param>
/// <param name="AppVersion">Newest rules of the application that the software knows.</param>
internal sealed record Hello(
    string ChainId, Hash256 GenesisHash, string Version, ushort ListenPort, ulong Instance, uint AppVersion, BlockRange Blocks)
{
    /// <summary>Elements of the message, version and kind among them.</summary>
    public const int Arity = 10;

    public byte[] ToFrame() => ControlMessage.Frame((ref writer) => writer
        .Array(Arity)
        .UInt(ControlMessage.ProtocolVersion)
        .UInt((ulong)ControlKind.Hello)
        .Str(ChainId)
        .Bin(GenesisHash)
        .Str(Version)
        .UInt(ListenPort)
        .UInt(Instance)
        .UInt(AppVersion)
        .Int(Blocks.First.Value)
        .Int(Blocks.Last.Value));

    /// <summary>Reads the fields after version and kind.</summary>
    public static Hello Read(ref MessagePackReader reader) => new(
        PlainText.Read(ref reader, Limits.ChainIdBytesMax),
        reader.Hash256(),
        PlainText.Read(ref reader, NetworkLimits.VersionBytesMax),
        (ushort)reader.UInt(ushort.MaxValue),
        reader.UInt(),
        reader.UInt32(uint.MaxValue),
        ReadBlocks(ref reader));

    private static BlockRange ReadBlocks(ref MessagePackReader reader)
    {
        BlockRange blocks = new(new Height(reader.Int(min: 0)), new Height(reader.Int(min: 0)));
        if (reader.IsOk && blocks.First > blocks.Last) reader.Fail(DecodeCode.OutOfRange);
        return blocks;
    }
}
