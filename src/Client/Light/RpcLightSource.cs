using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Consensus.Light;
using Chain.Primitives.Blocks;

namespace Chain.Client.Light;

/// <summary>A node's RPC server as a source of light blocks: <c>commit</c> and <c>validators</c>.</summary>
public sealed class RpcLightSource(ChainClient client) : ILightSource
{
    public string Name => client.Node.ToString();

    public async Task<LightBlock> FetchAsync(Height? height, CancellationToken cancel)
    {
        SignedHeader signed = await client.CommitAsync(height, cancel);
        List<ValidatorUpdate> members = [];
        foreach (Validator validator in await client.ValidatorsAsync(signed.Header.Height, cancel))
        {
            members.Add(new ValidatorUpdate(validator.PublicKey, validator.Power));
        }
        if (ValidatorSet.TryCreate(members, out ValidatorSet set, out string error))
        {
            return new LightBlock(signed.Header, signed.Commit, set);
        }
        throw new ClientException(ClientErrorCode.BadAnswer, $"The validators that {Name} names make no set.", $"{error}.",
            "Ask another node.");
    }
}
