using System.Collections.Generic;
using Chain.Primitives.Blocks;

namespace Chain.Node.Core;

/// <summary>The blocks of the height that is being decided, executed once each.</summary>
public sealed class BlockPool
{
    private readonly Dictionary<BlockId, ExecutedBlock> _executed = [];
    private readonly Dictionary<BlockId, Block> _received = [];
    private readonly HashSet<BlockId> _persisted = [];

    /// <summary>A block that was executed on the tip.</summary>
    public void Add(ExecutedBlock block) => _executed[block.Id] = block;

    /// <summary>A block whose contents are here, not judged yet.</summary>
    public void Add(BlockId id, Block block) => _received[id] = block;

    public ExecutedBlock? Executed(BlockId id) => _executed.GetValueOrDefault(id);

    public Block? Find(BlockId id) => Executed(id)?.Block ?? _received.GetValueOrDefault(id);

    /// <summary>Notes that the log holds the block; false when that was noted before.</summary>
    public bool MarkPersisted(BlockId id) => _persisted.Add(id);

    /// <summary>The height is over.</summary>
    public void Clear()
    {
        _persisted.Clear();
        _executed.Clear();
        _received.Clear();
    }
}
