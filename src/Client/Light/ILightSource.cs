using System.Threading;
using System.Threading.Tasks;
using Chain.Consensus.Light;
using Chain.Primitives.Blocks;

namespace Chain.Client.Light;

/// <summary>Somebody who is asked for blocks and not believed.</summary>
public interface ILightSource
{
    /// <summary>For messages: its URL.</summary>
    string Name { get; }

    /// <summary>
    /// The block at a height, or the newest for null, as the source gives it. <c>ClientException</c> when it gives none.
    /// </summary>
    Task<LightBlock> FetchAsync(Height? height, CancellationToken cancel);
}
