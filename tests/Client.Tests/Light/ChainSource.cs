using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Errors;
using Chain.Client.Light;
using Chain.Consensus.Light;
using Chain.Primitives.Blocks;

namespace Chain.Client.Tests.Light;

/// <summary>A source that gives the blocks of an array, height 1 first, and notes what it was asked.</summary>
internal sealed class ChainSource(string name, LightBlock[] chain) : ILightSource
{
    public string Name => name;

    /// <summary>The newest height it admits to; a test may raise or lower it.</summary>
    public int Length { get; set; } = chain.Length;

    public List<long> Asked { get; } = [];

    public Task<LightBlock> FetchAsync(Height? height, CancellationToken cancel)
    {
        long wanted = height?.Value ?? Length;
        Asked.Add(wanted);
        return wanted >= 1 && wanted <= Length
            ? Task.FromResult(chain[wanted - 1])
            : Task.FromException<LightBlock>(
                new ClientException(ClientErrorCode.RpcRefused, "The node refused 'commit'.", "It has no such height.", "Wait."));
    }
}
