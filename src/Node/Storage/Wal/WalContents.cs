using System.Collections.Generic;

namespace Chain.Node.Storage.Wal;

/// <summary>What a log held when it was opened.</summary>
/// <param name="Records">The payloads of all surviving records, oldest first.</param>
/// <param name="Notice">What was cut from the end, for the operator's log; null where nothing was.</param>
public sealed record WalContents(IReadOnlyList<byte[]> Records, string? Notice);
