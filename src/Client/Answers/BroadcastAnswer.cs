using Chain.Primitives.Bytes;

namespace Chain.Client.Answers;

/// <summary>The node's first judgement of a transaction; code 0 means that it waits for a block.</summary>
public sealed record BroadcastAnswer(Hash256 Id, uint Code, string Log);
