namespace Chain.Node.Snapshots;

/// <summary>What a node that begins from a snapshot asks for.</summary>
internal enum SyncNeedKind : byte
{
    LightBlock,
    Block,
    Results,
    Chunk,
}
