using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;

namespace Chain.Node.Rpc.Server;

/// <summary>The events of one block that one query matches, encoded and shared by all its subscribers.</summary>
/// <param name="Tails">For each event the bytes of its message after the query: see <see cref="ChainEvent.Tail"/>.</param>
/// <param name="Bytes">Their sum.</param>
internal sealed record EventBatch(Height Height, IReadOnlyList<ReadOnlyMemory<byte>> Tails, long Bytes);
