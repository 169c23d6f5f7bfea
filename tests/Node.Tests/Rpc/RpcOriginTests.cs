using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Chain.Node.Rpc;

namespace Chain.Node.Tests.Rpc;

/// <summary>What a browser may bring to a server on this machine.</summary>
public sealed class RpcOriginTests
{
    [Theory]
    [InlineData("localhost:26657", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]:26657", HttpStatusCode.OK)]
    [InlineData("node.example", HttpStatusCode.OK)]
    [InlineData("NODE.example:8080", HttpStatusCode.OK)]
    [InlineData("rebound.example", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1.rebound.example:26657", HttpStatusCode.Forbidden)]
    [InlineData("192.0.2.7", HttpStatusCode.Forbidden)]
    public async Task Name_that_is_not_this_servers_is_refused(string host, HttpStatusCode expected)
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(options: new RpcOptions { Hosts = ["node.example"] });
        using HttpResponseMessage answer = await SendAsync(fixture, HttpMethod.Get, host, origin: null);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://shop.example", HttpStatusCode.OK)]
    [InlineData("https://other.example", HttpStatusCode.Forbidden)]
    public async Task Page_of_an_allowed_site_may_read_the_answer(string origin, HttpStatusCode expected)
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(options: new RpcOptions { CorsOrigins = ["https://shop.example"] });
        using HttpResponseMessage answer = await SendAsync(fixture, HttpMethod.Get, host: null, origin);
        Assert.Equal(expected, answer.StatusCode);
        bool isAllowed = answer.Headers.TryGetValues("Access-Control-Allow-Origin", out IEnumerable<string>? allowed);
        Assert.Equal(expected == HttpStatusCode.OK, isAllowed);
        if (isAllowed) Assert.Equal(origin, Assert.Single(allowed!));
    }

    [Fact]
    public async Task Question_before_the_request_gets_the_methods()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(options: new RpcOptions { CorsOrigins = ["*"] });
        using HttpResponseMessage answer = await SendAsync(fixture, HttpMethod.Options, host: null, "https://any.example");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Contains("POST", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Methods")), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(RpcFixture fixture, HttpMethod method, string? host, string? origin)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(method, new Uri(fixture.Url, "health"));
        if (host is not null) request.Headers.Host = host;
        if (origin is not null) request.Headers.Add("Origin", origin);
        return await http.SendAsync(request);
    }
}
