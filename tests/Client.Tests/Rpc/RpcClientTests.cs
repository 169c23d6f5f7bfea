using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Errors;
using Chain.Client.Rpc;

namespace Chain.Client.Tests.Rpc;

public sealed class RpcClientTests
{
    [Fact]
    public async Task Call_answered_with_a_result_returns_it()
    {
        using CannedNode node = new(_ => (200, CannedNode.Result("""{"height":"7"}""")));
        using RpcClient client = new(node.Url);
        JsonElement result = await client.CallAsync("anything", null, CancellationToken.None);
        Assert.Equal(7, RpcJson.Long(result, "height"));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task Call_answered_with_an_error_says_what_the_node_said_whatever_the_http_status(int status)
    {
        const string Body = """{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"Internal error","data":"height 9 is not available"}}""";
        using CannedNode node = new(_ => (status, Body));
        ClientError error = await FailureAsync(node.Url);
        Assert.Equal(ClientErrorCode.RpcRefused, error.Code);
        Assert.Contains("height 9 is not available", error.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "<html>hello</html>")]
    [InlineData(200, "[]")]
    [InlineData(200, "{}")]
    [InlineData(404, "nothing here")]
    [InlineData(200, "")]
    public async Task Call_answered_by_something_else_says_that_this_is_no_node(int status, string body)
    {
        using CannedNode node = new(_ => (status, body));
        ClientError error = await FailureAsync(node.Url);
        Assert.Equal(ClientErrorCode.BadAnswer, error.Code);
    }

    [Fact]
    public async Task Call_to_a_closed_port_says_that_no_node_answers()
    {
        ClientError error = await FailureAsync($"http://127.0.0.1:{CannedNode.FreePort()}");
        Assert.Equal(ClientErrorCode.NodeUnreachable, error.Code);
        Assert.Contains("chain dev", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("")]
    public void Client_for_something_that_is_no_url_is_refused(string url)
    {
        ClientException failure = Assert.Throws<ClientException>(() => new RpcClient(url));
        Assert.Equal(ClientErrorCode.BadInput, failure.Error.Code);
    }

    private static async Task<ClientError> FailureAsync(string url)
    {
        using RpcClient client = new(url);
        ClientException failure = await Assert.ThrowsAsync<ClientException>(() => client.CallAsync("status", null, CancellationToken.None));
        return failure.Error;
    }
}
