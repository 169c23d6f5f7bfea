using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Chain.Node.Rpc;
using Chain.Tests.Shared;

namespace Chain.Node.Tests.Rpc;

public sealed class RpcBadInputTests
{
    [Theory]
    [InlineData("not json", -32700)]
    [InlineData("{", -32700)]
    [InlineData("5", -32700)]
    [InlineData("\"text\"", -32700)]
    [InlineData("[]", -32600)]
    [InlineData("[5]", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"health"}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":true,"method":"health"}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":7}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1}""", -32601)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"nonsense"}""", -32601)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"subscribe","params":{"query":"tm.event='Tx'"}}""", -32601)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"health","params":"text"}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"block","params":["1","2"]}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"block","params":{"height":"one"}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"block","params":{"height":1.5}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"block","params":{"height":"99999999999999999999"}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"block","params":{"height":{}}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"block","params":{"height":"\ud800"}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tx","params":{"hash":"!!"}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tx","params":{"hash":"","prove":"perhaps"}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"abci_query","params":{"path":5}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"abci_query","params":{"path":"/store/market/key","data":"xyz"}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"validators","params":{"page":"9999999999"}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"validators","params":{"page":"0"}}""", -32603)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tx","params":{}}""", -32603)]
    public async Task Bad_request_gets_its_error_and_the_node_lives(string body, int code)
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        using JsonDocument response = JsonDocument.Parse(await fixture.PostAsync(body));
        Assert.Equal(code, RpcFixture.ErrorOf(response.RootElement).Code);
        await fixture.ResultAsync("health");
    }

    [Theory]
    [InlineData("https://example.org", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.OK)]
    public async Task Page_of_another_site_is_refused(string? origin, HttpStatusCode expected)
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        using System.Net.Http.HttpClient http = new();
        using System.Net.Http.HttpRequestMessage request = new(System.Net.Http.HttpMethod.Get, new Uri(fixture.Url, "health"));
        // The empty one stands for a page that the node's own address served.
        if (origin is not null) request.Headers.Add("Origin", origin.Length > 0 ? origin : fixture.Url.GetLeftPart(UriPartial.Authority));
        using System.Net.Http.HttpResponseMessage response = await http.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Invalid_utf8_is_a_parse_error()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        byte[] body = Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":"x?","method":"health"}""");
        body[Array.IndexOf(body, (byte)'?')] = 0xff;
        using System.Net.Http.HttpClient http = new();
        using System.Net.Http.ByteArrayContent content = new(body);
        using System.Net.Http.HttpResponseMessage response = await http.PostAsync(fixture.Url, content);
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(-32700, RpcFixture.ErrorOf(answer.RootElement).Code);
    }

    [Fact]
    public async Task Body_over_the_limit_is_refused_with_and_without_a_length()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        string body = $$"""{"jsonrpc":"2.0","id":1,"method":"{{new string('x', 1_000_000)}}"}""";
        using JsonDocument known = JsonDocument.Parse(await fixture.PostAsync(body));
        (int code, string data) = RpcFixture.ErrorOf(known.RootElement);
        Assert.Equal((-32600, "error reading request body: http: request body too large"), (code, data));

        using System.Net.Http.HttpClient http = new();
        using System.Net.Http.HttpRequestMessage chunked = new(System.Net.Http.HttpMethod.Post, fixture.Url);
        chunked.Content = new System.Net.Http.StringContent(body);
        chunked.Headers.TransferEncodingChunked = true;
        using System.Net.Http.HttpResponseMessage response = await http.SendAsync(chunked);
        using JsonDocument unknown = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(-32600, RpcFixture.ErrorOf(unknown.RootElement).Code);
        await fixture.ResultAsync("health");
    }

    [Fact]
    public async Task Deep_nesting_is_a_parse_error()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        string deep = new string('[', 100_000) + new string(']', 100_000);
        using JsonDocument response = JsonDocument.Parse(await fixture.PostAsync(deep));
        Assert.Equal(-32700, RpcFixture.ErrorOf(response.RootElement).Code);
    }

    [Fact]
    public async Task Batch_of_ten_is_answered_and_one_of_eleven_refused()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        string[] requests = new string[11];
        for (int i = 0; i < requests.Length; i++)
        {
            string method = i == 3 ? "nonsense" : "health";
            requests[i] = $$"""{"jsonrpc":"2.0","id":"r{{i}}","method":"{{method}}"}""";
        }
        using JsonDocument answers = JsonDocument.Parse(await fixture.PostAsync($"[{string.Join(',', requests[..10])}]"));
        Assert.Equal(10, answers.RootElement.GetArrayLength());
        Assert.Equal("r9", answers.RootElement[9].GetProperty("id").GetString());
        Assert.Equal(-32601, RpcFixture.ErrorOf(answers.RootElement[3]).Code);
        using JsonDocument refused = JsonDocument.Parse(await fixture.PostAsync($"[{string.Join(',', requests)}]"));
        (int code, string data) = RpcFixture.ErrorOf(refused.RootElement);
        Assert.Equal((-32600, "batch request exceeds maximum (10) allowed number of requests"), (code, data));
        using JsonDocument single = JsonDocument.Parse(await fixture.PostAsync($"[{requests[0]}]"));
        Assert.Equal(JsonValueKind.Object, single.RootElement.ValueKind);
    }

    [Fact]
    public async Task Notification_gets_no_answer()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        Assert.Equal("", await fixture.PostAsync("""{"jsonrpc":"2.0","method":"health"}"""));
    }

    [Fact]
    public async Task Numbers_and_positions_are_taken_as_well()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        JsonElement byNumber = await fixture.ResultAsync("block", """{"height":2}""");
        JsonElement byPlace = await fixture.ResultAsync("block", """["2"]""");
        JsonElement byNull = await fixture.ResultAsync("block", """{"height":null}""");
        Assert.Equal(byNumber.GetRawText(), byPlace.GetRawText());
        Assert.Equal("3", byNull.GetProperty("block").GetProperty("header").GetProperty("height").GetString());
    }

    [Theory]
    [InlineData("block?height=2", HttpStatusCode.OK)]
    [InlineData("block?height=%222%22", HttpStatusCode.OK)]
    [InlineData("v1/block?height=2", HttpStatusCode.OK)]
    [InlineData("tx?hash=0x039058C6F2C0CB492C533B0A4D14EF77CC0F78ABCCCED5287D84A1A2011CFB81&prove=true", HttpStatusCode.OK)]
    [InlineData("abci_query?path=%22/store/meta/key%22&data=0x01&prove=true", HttpStatusCode.OK)]
    [InlineData("abci_query?path=%22/market/params%22", HttpStatusCode.OK)]
    [InlineData("check_tx?tx=%22hello%22", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("block?height=ten", HttpStatusCode.InternalServerError)]
    [InlineData("block?height=0x0a", HttpStatusCode.InternalServerError)]
    [InlineData("block?height=10", HttpStatusCode.InternalServerError)]
    [InlineData("tx?hash=0xZZ", HttpStatusCode.InternalServerError)]
    [InlineData("tx?prove=perhaps", HttpStatusCode.InternalServerError)]
    [InlineData("nonsense", HttpStatusCode.NotFound)]
    [InlineData("subscribe?query=x", HttpStatusCode.NotFound)]
    [InlineData("websocket", HttpStatusCode.BadRequest)]
    public async Task Get_answers_with_the_status_of_cometbft(string target, HttpStatusCode status)
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        (HttpStatusCode answered, string body) = await fixture.GetAsync(target);
        Assert.True(status == answered, body);
    }

    [Fact]
    public async Task Get_error_is_json_with_the_uri_id()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        (_, string body) = await fixture.GetAsync("block?height=10");
        using JsonDocument response = JsonDocument.Parse(body);
        Assert.Equal(-1, response.RootElement.GetProperty("id").GetInt32());
        Assert.Equal(-32603, RpcFixture.ErrorOf(response.RootElement).Code);
    }

    [Fact]
    public async Task Mutated_requests_are_answered_with_json_and_the_node_lives()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync();
        Random random = new((int)PropertyCheck.Seed);
        string[] seeds =
        [
            """{"jsonrpc":"2.0","id":1,"method":"abci_query","params":{"path":"/market/orders?limit=5","data":"00","height":"1","prove":true}}""",
            """[{"jsonrpc":"2.0","id":"a","method":"tx","params":{"hash":"AAAA","prove":true}},{"id":2,"method":"blockchain","params":["1","3"]}]""",
            """{"jsonrpc":"2.0","id":3,"method":"validators","params":{"height":"2","page":"1","per_page":"100"}}""",
        ];
        for (int round = 0; round < 400; round++)
        {
            StringBuilder body = new(seeds[round % seeds.Length]);
            for (int edits = random.Next(1, 5); edits > 0; edits--)
            {
                int at = random.Next(body.Length);
                if (random.Next(3) == 0) body.Remove(at, Math.Min(random.Next(1, 8), body.Length - at));
                else body[at] = (char)random.Next(1, 0x2ff);
                if (body.Length == 0) body.Append('0');
            }
            string answer = await fixture.PostAsync(body.ToString());
            // Nothing answers a notification, which a mutation may make.
            if (answer.Length == 0) continue;
            using JsonDocument parsed = JsonDocument.Parse(answer);
            string text = parsed.RootElement.GetRawText();
            Assert.True(text.Contains("\"result\"", StringComparison.Ordinal) || text.Contains("\"error\"", StringComparison.Ordinal),
                $"CHAIN_TEST_SEED={PropertyCheck.Seed}, round {round}: {body} was answered {text}");
        }
        await fixture.ResultAsync("health");
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_and_room_comes_back()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(options: new RpcOptions { ConnectionsMax = 2 });
        using (TcpClient first = new())
        using (TcpClient second = new())
        using (TcpClient third = new())
        {
            await first.ConnectAsync(IPAddress.Loopback, fixture.Url.Port);
            await second.ConnectAsync(IPAddress.Loopback, fixture.Url.Port);
            Assert.True(await AnswersAsync(first));
            Assert.True(await AnswersAsync(second));
            await third.ConnectAsync(IPAddress.Loopback, fixture.Url.Port);
            Assert.False(await AnswersAsync(third));
        }
        for (int attempt = 0; ; attempt++)
        {
            using TcpClient later = new();
            await later.ConnectAsync(IPAddress.Loopback, fixture.Url.Port);
            if (await AnswersAsync(later)) break;
            Assert.True(attempt < 200, "closed connections free their places");
            await Task.Delay(10);
        }
    }

    private static async Task<bool> AnswersAsync(TcpClient client)
    {
        try
        {
            byte[] request = Encoding.ASCII.GetBytes("GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
            await client.GetStream().WriteAsync(request);
            return await client.GetStream().ReadAsync(new byte[4096]) > 0;
        }
        catch (Exception fault) when (fault is System.IO.IOException or SocketException)
        {
            return false;
        }
    }
}
