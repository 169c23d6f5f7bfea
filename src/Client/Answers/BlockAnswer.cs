using System.Collections.Generic;
using Chain.Primitives.Blocks;

namespace Chain.Client.Answers;

/// <summary>
/// A block as read; nothing is checked. <paramref name="Transactions"/> are raw signed transactions in order.
/// </summary>
public sealed record BlockAnswer(BlockId Id, Header Header, IReadOnlyList<byte[]> Transactions, Commit LastCommit);
