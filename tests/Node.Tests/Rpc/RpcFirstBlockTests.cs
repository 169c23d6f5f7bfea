using System.Text.Json;
using System.Threading.Tasks;

namespace Chain.Node.Tests.Rpc;

/// <summary>What a node answers that has a genesis and no block yet.</summary>
public sealed class RpcFirstBlockTests
{
    [Fact]
    public async Task Status_beforeTheFirstBlock_tellsThePowerOfTheGenesis()
    {
        await using RpcFixture rpc = await RpcFixture.StartAsync(blockCount: 0);
        JsonElement status = await rpc.ResultAsync("status");
        Assert.Equal("0", status.GetProperty("sync_info").GetProperty("latest_block_height").GetString());
        Assert.Equal("100", status.GetProperty("validator_info").GetProperty("voting_power").GetString());
    }
}
