using System.Text.Json;
using System.Threading.Tasks;

namespace Chain.Node.Tests.Rpc;

public sealed class DevMethodTests
{
    [Fact]
    public async Task Clock_moves_only_where_the_node_allows_it()
    {
        await using RpcFixture plain = await RpcFixture.StartAsync();
        Assert.Equal(-32601, (await plain.ErrorAsync("dev_advance", """{"seconds":"60"}""")).Code);
        await using RpcFixture dev = await RpcFixture.StartAsync(isDev: true);
        JsonElement moved = await dev.ResultAsync("dev_advance", """{"seconds":"60"}""");
        Assert.Equal("2027-01-15T08:01:00Z", moved.GetProperty("time").GetString());
        Assert.Equal(-32602, (await dev.ErrorAsync("dev_advance", """{"seconds":0}""")).Code);
        JsonElement reached = await dev.ResultAsync("dev_advance_to", """{"unix_seconds":"1800000060","system_ms":"1800000000000"}""");
        Assert.Equal("2027-01-15T08:01:00Z", reached.GetProperty("time").GetString());
        Assert.Equal(-32602, (await dev.ErrorAsync("dev_advance_to", """{"unix_seconds":"1800000060"}""")).Code);
        Assert.Equal(-32602, (await dev.ErrorAsync("dev_advance_to", """{"unix_seconds":"-1","system_ms":"0"}""")).Code);
    }
}
