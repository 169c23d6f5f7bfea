using Chain.Primitives.Bytes;

namespace Chain.Node.Export;

/// <summary>What was exported.</summary>
/// <param name="Sha256">Of the file.</param>
/// <param name="Pairs">Keys and values in it.</param>
public sealed record ExportReport(StateFileHeader Header, string Path, Hash256 Sha256, long Pairs);
