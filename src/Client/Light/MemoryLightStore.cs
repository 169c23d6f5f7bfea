using System.Collections.Generic;
using Chain.Consensus.Light;

namespace Chain.Client.Light;

/// <summary>Trusts until the process ends.</summary>
public sealed class MemoryLightStore : ILightStore
{
    public IReadOnlyList<LightBlock> Blocks { get; private set; } = [];

    public void Save(IReadOnlyList<LightBlock> blocks) => Blocks = [.. blocks];
}
