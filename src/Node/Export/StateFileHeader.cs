using System.Globalization;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Genesis;

namespace Chain.Node.Export;

/// <summary>What the first line of a state file says: whose state this is.</summary>
/// <param name="Height">The state is that after this block.</param>
/// <param name="Time">Header time of that block, the genesis time before the first.</param>
/// <param name="AppHash">What the pairs must add up to.</param>
public sealed record StateFileHeader(string ChainId, Height Height, Timestamp Time, Hash256 AppHash)
{
    private const string Format = "chain-state-1";

    private static readonly string[] Names = ["format", "chain_id", "height", "time", "app_hash"];

    internal string ToLine() => StateLine.Write(
        Names, Format, ChainId, Height.Value.ToString(NumberFormatInfo.InvariantInfo), Time.ToString(), AppHash.ToString());

    /// <summary>Null for anything that <see cref="ToLine"/> does not give.</summary>
    internal static StateFileHeader? FromLine(string line)
    {
        bool isRead = StateLine.TryRead(Names, line, out string[]? values)
            && long.TryParse(values[2], NumberStyles.None, NumberFormatInfo.InvariantInfo, out _);
        if (!isRead || !ChainIds.IsValid(values![1]) || !Timestamp.TryParse(values[3], out Timestamp time)) return null;
        if (!Hash256.TryParse(values[4], out Hash256 appHash)) return null;
        StateFileHeader header = new(
            values[1], new Height(long.Parse(values[2], NumberFormatInfo.InvariantInfo)), time, appHash);
        return header.ToLine() == line ? header : null;
    }
}
