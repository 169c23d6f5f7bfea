using System.Collections.Generic;
using Chain.Consensus.Light;

namespace Chain.Client.Light;

/// <summary>The blocks that a light client has verified: what its trust rests on the next time.</summary>
public interface ILightStore
{
    /// <summary>Ascending by height, at most <see cref="LightClient.StoredBlocksMax"/>.</summary>
    IReadOnlyList<LightBlock> Blocks { get; }

    /// <summary>Replaces all.</summary>
    void Save(IReadOnlyList<LightBlock> blocks);
}
