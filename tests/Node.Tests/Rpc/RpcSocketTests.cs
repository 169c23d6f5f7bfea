using System;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Rpc;
using Chain.Primitives.Crypto;

namespace Chain.Node.Tests.Rpc;

public sealed class RpcSocketTests
{
    [Theory]
    [InlineData("NewBlock")]
    [InlineData("NewBlockHeader")]
    [InlineData("Tx")]
    public async Task Subscription_is_acknowledged_and_then_brings_events_with_the_same_id(string name)
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        using ClientWebSocket socket = await fixture.ConnectAsync();
        await SubscribeAsync(socket, 42, $"tm.event='{name}'");
        fixture.Chain.Add([[5, 6]]);
        JsonElement message = await RpcFixture.ReceiveAsync(socket);
        Assert.Equal(42, message.GetProperty("id").GetInt32());
        JsonElement result = message.GetProperty("result");
        FieldContract.Check($"ev {name}", result);
        Assert.Equal($"tm.event='{name}'", result.GetProperty("query").GetString());
        Assert.Equal($"tendermint/event/{name}", result.GetProperty("data").GetProperty("type").GetString());
        Assert.Equal(name, result.GetProperty("events").GetProperty("tm.event")[0].GetString());
    }

    [Fact]
    public async Task Block_published_before_the_acknowledgement_was_read_is_not_lost()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        using ClientWebSocket socket = await fixture.ConnectAsync();
        await SubscribeAsync(socket, 1, "tm.event='NewBlockHeader'");
        for (int i = 0; i < 20; i++) fixture.Chain.Add([]);
        for (int height = 4; height <= 23; height++)
        {
            JsonElement message = await RpcFixture.ReceiveAsync(socket);
            JsonElement header = message.GetProperty("result").GetProperty("data").GetProperty("value").GetProperty("header");
            Assert.Equal($"{height}", header.GetProperty("height").GetString());
        }
    }

    [Fact]
    public async Task Conditions_choose_transactions()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        using ClientWebSocket socket = await fixture.ConnectAsync();
        await SubscribeAsync(socket, 1, $"tm.event='Tx' AND tx.hash='{Sha256.Hash([8])}'");
        await SubscribeAsync(socket, 2, "tm.event='Tx' AND tx.height=5 AND transfer.recipient='somebody'");
        fixture.Chain.Add([[7], [8]]);
        JsonElement byHash = await RpcFixture.ReceiveAsync(socket);
        Assert.Equal(1, byHash.GetProperty("id").GetInt32());
        JsonElement value = byHash.GetProperty("result").GetProperty("data").GetProperty("value");
        Assert.Equal("CA==", value.GetProperty("TxResult").GetProperty("tx").GetString());
        fixture.Chain.Add([[9]]);
        Assert.Equal(2, (await RpcFixture.ReceiveAsync(socket)).GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task Methods_answer_over_the_socket_too()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        using ClientWebSocket socket = await fixture.ConnectAsync();
        JsonElement status = await AskAsync(socket, """{"jsonrpc":"2.0","id":"a","method":"status","params":{}}""");
        Assert.Equal("a", status.GetProperty("id").GetString());
        FieldContract.Check("status", status.GetProperty("result"));
        Assert.Equal(-32700, RpcFixture.ErrorOf(await AskAsync(socket, "nonsense")).Code);
        Assert.Equal(-32601, RpcFixture.ErrorOf(await AskAsync(socket, """{"jsonrpc":"2.0","id":1,"method":"nonsense"}""")).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tm.event")]
    [InlineData("tm.event='")]
    [InlineData("tm.event=NewBlock")]
    [InlineData("tm.event='Vote'")]
    [InlineData("tx.height=5")]
    [InlineData("tm.event='Tx' AND ")]
    [InlineData("tm.event='Tx' OR tx.height=5")]
    [InlineData("tm.event='Tx' AND tx.height>'5'")]
    [InlineData("=='Tx'")]
    public async Task Query_outside_the_language_is_refused(string query)
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        using ClientWebSocket socket = await fixture.ConnectAsync();
        (int code, string data) = RpcFixture.ErrorOf(await AskAsync(socket, Request(1, "subscribe", query)));
        Assert.Equal(-32603, code);
        Assert.Contains("failed to parse query", data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscriptions_are_bounded_by_client_and_over_all()
    {
        RpcOptions options = new() { SubscriptionClientsMax = 1, SubscriptionsPerClientMax = 2 };
        await using RpcFixture fixture = await RpcFixture.StartAsync(options: options);
        using ClientWebSocket first = await fixture.ConnectAsync();
        await SubscribeAsync(first, 1, "tm.event='NewBlock'");
        Assert.Equal("already subscribed", await RefusalAsync(first, "tm.event='NewBlock'"));
        await SubscribeAsync(first, 2, "tm.event='Tx'");
        Assert.Equal("max_subscriptions_per_client 2 reached", await RefusalAsync(first, "tm.event='NewBlockHeader'"));
        using ClientWebSocket second = await fixture.ConnectAsync();
        Assert.Equal("max_subscription_clients 1 reached", await RefusalAsync(second, "tm.event='NewBlock'"));
        Assert.Equal("maximum query length exceeded", await RefusalAsync(second, new string('x', 513)));

        Assert.Equal("{}", (await AskAsync(first, """{"jsonrpc":"2.0","id":3,"method":"unsubscribe_all"}""")).GetProperty("result").GetRawText());
        await SubscribeAsync(second, 4, "tm.event='NewBlock'");
    }

    [Fact]
    public async Task Unsubscribed_client_hears_no_more()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        using ClientWebSocket socket = await fixture.ConnectAsync();
        await SubscribeAsync(socket, 1, "tm.event='NewBlock'");
        Assert.Equal("{}", (await AskAsync(socket, Request(1, "unsubscribe", "tm.event='NewBlock'"))).GetProperty("result").GetRawText());
        fixture.Chain.Add([]);
        JsonElement next = await AskAsync(socket, """{"jsonrpc":"2.0","id":9,"method":"health"}""");
        Assert.Equal(9, next.GetProperty("id").GetInt32());
        (_, string data) = RpcFixture.ErrorOf(await AskAsync(socket, Request(1, "unsubscribe", "tm.event='NewBlock'")));
        Assert.Equal("subscription not found", data);
    }

    [Fact]
    public async Task Client_that_falls_behind_is_told_so()
    {
        RpcOptions options = new() { SubscriptionLagBlocksMax = 0 };
        await using RpcFixture fixture = await RpcFixture.StartAsync(options: options);
        using ClientWebSocket socket = await fixture.ConnectAsync();
        await SubscribeAsync(socket, 1, "tm.event='NewBlock'");
        fixture.Chain.Add([]);
        JsonElement message = await RpcFixture.ReceiveAsync(socket);
        (int code, string data) = RpcFixture.ErrorOf(message);
        Assert.Equal(-32000, code);
        Assert.Contains("not pulling messages fast enough", data, StringComparison.Ordinal);
        Assert.Equal(1, message.GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task Client_that_does_not_read_is_told_so_and_the_connection_serves_on()
    {
        RpcOptions options = new() { SubscriptionBytesMax = 1_000_000 };
        await using RpcFixture fixture = await RpcFixture.StartAsync(options: options);
        using ClientWebSocket silent = await fixture.ConnectAsync();
        using ClientWebSocket reader = await fixture.ConnectAsync();
        await SubscribeAsync(silent, 1, "tm.event='Tx'");
        await SubscribeAsync(reader, 2, "tm.event='NewBlockHeader'");
        const int blockCount = 40;
        for (int i = 0; i < blockCount; i++)
        {
            fixture.Chain.Add([new byte[600_000]]);
            Assert.Equal(2, (await RpcFixture.ReceiveAsync(reader)).GetProperty("id").GetInt32());
        }

        int events = 0;
        JsonElement message = await RpcFixture.ReceiveAsync(silent);
        for (; message.TryGetProperty("result", out _); message = await RpcFixture.ReceiveAsync(silent)) events++;
        Assert.InRange(events, 1, blockCount - 1);
        Assert.Equal(
            """{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"Server error","data":"subscription was canceled (reason: client is not pulling messages fast enough)"}}""",
            message.GetRawText());
        await SubscribeAsync(silent, 3, "tm.event='Tx'");
        fixture.Chain.Add([[1]]);
        Assert.Equal(3, (await RpcFixture.ReceiveAsync(silent)).GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task Blocks_that_are_gone_from_the_store_cancel_the_subscription()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        using TestChain other = new(4);
        for (int height = 1; height <= 6; height++) other.Add([]);
        using ClientWebSocket socket = await fixture.ConnectAsync();
        await SubscribeAsync(socket, 1, "tm.event='NewBlock'");
        fixture.Chain.Feed.Publish(other.Last!);
        Assert.Equal(-32000, RpcFixture.ErrorOf(await RpcFixture.ReceiveAsync(socket)).Code);
    }

    [Fact]
    public async Task Message_over_the_limit_closes_the_socket_and_nothing_else()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        using ClientWebSocket socket = await fixture.ConnectAsync();
        await socket.SendAsync(Encoding.UTF8.GetBytes(new string(' ', 1_000_001)), WebSocketMessageType.Text, true, CancellationToken.None);
        WebSocketReceiveResult close = await socket.ReceiveAsync(new byte[1024], CancellationToken.None);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, close.CloseStatus);
        await fixture.ResultAsync("health");
    }

    [Fact]
    public async Task Client_that_vanishes_frees_its_place()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(options: new RpcOptions { SubscriptionClientsMax = 1 });
        using (ClientWebSocket gone = await fixture.ConnectAsync())
        {
            await SubscribeAsync(gone, 1, "tm.event='NewBlock'");
            gone.Abort();
        }
        using ClientWebSocket next = await fixture.ConnectAsync();
        for (int attempt = 0; ; attempt++)
        {
            JsonElement answer = await AskAsync(next, Request(1, "subscribe", "tm.event='NewBlock'"));
            if (answer.TryGetProperty("result", out _)) break;
            Assert.True(attempt < 500, "the place of a client that is gone comes back");
            await Task.Delay(10);
        }
    }

    [Fact]
    public async Task Stop_with_open_subscriptions_ends_soon()
    {
        RpcFixture fixture = await RpcFixture.StartAsync();
        using ClientWebSocket socket = await fixture.ConnectAsync();
        await SubscribeAsync(socket, 1, "tm.event='NewBlock'");
        await fixture.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static async Task SubscribeAsync(ClientWebSocket socket, int id, string query)
    {
        JsonElement answer = await AskAsync(socket, Request(id, "subscribe", query));
        Assert.Equal($"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{{}}}}", answer.GetRawText());
    }

    private static async Task<string> RefusalAsync(ClientWebSocket socket, string query) =>
        RpcFixture.ErrorOf(await AskAsync(socket, Request(77, "subscribe", query))).Data;

    private static async Task<JsonElement> AskAsync(ClientWebSocket socket, string request)
    {
        await RpcFixture.SendAsync(socket, request);
        return await RpcFixture.ReceiveAsync(socket);
    }

    private static string Request(int id, string method, string query) =>
        $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{"query":"{{query}}"} }""";
}
