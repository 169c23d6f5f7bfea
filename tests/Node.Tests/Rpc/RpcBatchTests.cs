using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Chain.Node.Rpc;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Transactions;

namespace Chain.Node.Tests.Rpc;

public sealed class RpcBatchTests
{
    [Fact]
    public async Task A_batch_is_answered_with_a_code_for_each_in_order()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();

        (HttpStatusCode status, byte[] answer) = await PostAsync(fixture, new TransactionBatch([[1], [], [2, 3]]).Encode());

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(TransactionBatchAnswer.TryDecode(answer, out TransactionBatchAnswer codes, out _));
        Assert.Equal(3, codes.Codes.Count);
        Assert.Equal([ResultCode.Ok, ResultCode.Ok], [codes.Codes[0], codes.Codes[2]]);
        Assert.NotEqual(ResultCode.Ok, codes.Codes[1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("c1")]
    [InlineData("920191c40101ff")]
    [InlineData("9202 90")]
    [InlineData("9201dd7fffffff")]
    public async Task Bytes_that_are_no_batch_get_400_and_the_reason(string hex)
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();

        (HttpStatusCode status, byte[] answer) = await PostAsync(fixture, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("not a batch of transactions: ", System.Text.Encoding.UTF8.GetString(answer), StringComparison.Ordinal);
        await fixture.ResultAsync("health");
    }

    [Fact]
    public async Task A_batch_beyond_the_body_limit_gets_413()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(options: new RpcOptions { BodyBytesMax = 1_000 });

        (HttpStatusCode status, _) = await PostAsync(fixture, new TransactionBatch([new byte[2_000]]).Encode());

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Fact]
    public async Task A_page_of_another_site_may_not_post_one()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();

        (HttpStatusCode status, _) = await PostAsync(fixture, new TransactionBatch([]).Encode(), origin: "http://elsewhere.example");

        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    private static async Task<(HttpStatusCode Status, byte[] Answer)> PostAsync(RpcFixture fixture, byte[] body, string? origin = null)
    {
        using HttpClient http = new();
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(TransactionBatch.MediaType);
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(fixture.Url, TransactionBatch.HttpPath)) { Content = content };
        if (origin is not null) request.Headers.Add("Origin", origin);
        using HttpResponseMessage response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }
}
