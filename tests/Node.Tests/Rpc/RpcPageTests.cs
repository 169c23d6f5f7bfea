using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Chain.Node.Queries;
using Chain.Node.Rpc;
using Chain.Tests.Shared;

namespace Chain.Node.Tests.Rpc;

public sealed class RpcPageTests
{
    /// <summary>CHAIN_TEST_WRITE=1 writes the page.</summary>
    [Fact]
    public async Task Page_of_methods_and_queries_is_current()
    {
        string path = Path.Combine(Vectors.RepositoryRoot(), "docs", "rpc.md");
        StringBuilder page = new("""
            # What a node answers

            JSON-RPC 2.0 at `rpc_address`: a POST to `/`, a GET of `/METHOD?name=value`, or a WebSocket at `/websocket` (subscriptions need
            one). Methods, fields and errors are CometBFT v0.38's, so its clients and its documentation serve. Integers of 64 bits are strings. A test
            writes this page: `CHAIN_TEST_WRITE=1 ./test Node.Tests`.

            ## Methods

            `dev_` methods exist where the clock may be moved (`chain dev`, `chain localnet`). Who sends many transactions posts them to
            `/transactions` as canonical MessagePack `[1, [transaction, …]]` (at most 1,024); the answer is `[1, [code, …]]`.

            | Method | Parameters, in the order of an array |
            |---|---|

            """);
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 1, isDev: true);
        foreach (RpcMethod method in fixture.Methods.OrderBy(method => method.Name, StringComparer.Ordinal))
        {
            string parameters = string.Join(", ", method.Parameters.Select(name => $"`{name}`"));
            page.Append(CultureInfo.InvariantCulture, $"| `{method.Name}`{(method.NeedsSocket ? " (WebSocket)" : "")} | {parameters} |\n");
        }
        page.Append("""

            ## Queries

            `abci_query` with the path `/store/market/key` or `/store/meta/key` and a raw key in hex as `data` answers the stored bytes, with
            `prove` their ICS-23 proof. With one of these paths it answers JSON in `value`; parts in capitals are the key, those in brackets may be left out.
            Lists are read at the newest height, `limit` objects a page (50, at most 200), and go on where `cursor` is the last page's `next_cursor`.
            For example `curl 'localhost:26657/abci_query?path="/market/orders?state=open"'`; `chain query --help` has them all.

            | Path | Answers |
            |---|---|

            """);
        foreach (QueryEntry entry in new QueryTable().Entries)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{entry.Usage}` | {entry.Summary} |\n");
        }
        if (Environment.GetEnvironmentVariable("CHAIN_TEST_WRITE") == "1") await File.WriteAllTextAsync(path, page.ToString());
        Assert.Equal(page.ToString(), await File.ReadAllTextAsync(path));
    }
}
