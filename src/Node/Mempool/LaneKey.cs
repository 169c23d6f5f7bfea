using Chain.Primitives.Bytes;

namespace Chain.Node.Mempool;

/// <summary>One lane of one account: transactions in it follow each other by sequence.</summary>
public readonly record struct LaneKey(Address Sender, byte Lane);
