using System;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Answers;
using Chain.Client.Transactions;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Client.Tests.Transactions;

public sealed class TransactionWaiterTests
{
    private const ulong Now = 1_700_000_000;
    private const string NotFound = """{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"Internal error","data":"tx (AA) not found"}}""";

    private static readonly Hash256 Id = Sha256.Hash("transaction"u8);

    [Theory]
    [InlineData(0, TransactionFate.Included)]
    [InlineData(400, TransactionFate.Rejected)]
    public async Task Transaction_in_a_block_is_included_or_rejected_by_its_code(int code, TransactionFate fate)
    {
        string found = CannedNode.Result($$"""{"hash":"{{Id}}","height":"5","index":2,"tx_result":{"code":{{code}},"gas_used":"7"},"tx":"AQ=="}""");
        using CannedNode node = new(method => (200, method == "tx" ? found : Status(Now)));
        SentTransaction outcome = await WaitAsync(node, Now - 1, TimeSpan.FromSeconds(9));
        Assert.Equal(fate, outcome.Fate);
        Assert.Equal(5, outcome.Height.Value);
        Assert.Equal((uint)code, outcome.Result!.Code);
    }

    [Fact]
    public async Task Transaction_past_its_time_is_expired_at_once()
    {
        using CannedNode node = new(method => (200, method == "tx" ? NotFound : Status(Now)));
        SentTransaction outcome = await WaitAsync(node, Now - 1, TimeSpan.FromMinutes(9));
        Assert.Equal(TransactionFate.Expired, outcome.Fate);
        // The order matters: a status seen before the look-up settles that no later block holds it.
        Assert.Equal(["status", "tx"], node.Asked);
    }

    [Fact]
    public async Task Transaction_in_its_last_second_is_still_pending()
    {
        using CannedNode node = new(method => (200, method == "tx" ? NotFound : Status(Now)));
        SentTransaction outcome = await WaitAsync(node, Now, TimeSpan.Zero);
        Assert.Equal(TransactionFate.StillPending, outcome.Fate);
    }

    private static async Task<SentTransaction> WaitAsync(CannedNode node, ulong validUntil, TimeSpan patience)
    {
        using ChainClient client = new(node.Url);
        return await new TransactionWaiter(client, TimeProvider.System).WaitAsync(Id, validUntil, patience, CancellationToken.None);
    }

    private static string Status(ulong seconds) => CannedNode.Result($$"""
        {
          "node_info": { "network": "test-1", "moniker": "m", "id": "00", "version": "0.38.0" },
          "sync_info": {
            "latest_block_hash": "{{Id}}", "latest_app_hash": "{{Id}}", "latest_block_height": "9",
            "latest_block_time": "{{new Primitives.Blocks.Timestamp((long)seconds, 0)}}", "catching_up": false
          },
          "validator_info": { "address": "0000000000000000000000000000000000000000", "voting_power": "10" }
        }
        """);
}
