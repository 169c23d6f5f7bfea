using System;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Client.Transactions;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;

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

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(106, 0, ClientErrorCode.TransactionRejected)]
    [InlineData(0, 400, ClientErrorCode.TransactionRejected)]
    public async Task Sending_returns_only_what_took_effect(int checkCode, int blockCode, ClientErrorCode? expected)
    {
        using PrivateKey key = PrivateKey.FromSeed(Sha256.Hash([1]).Span);
        TransactionBody body = new(
            "test-1", key.PublicKey.Address, 0, 0, 1_000, 0, Now + 60, [new Transfer(key.PublicKey.Address, 1, default)], "");
        SignedTransaction transaction = SignedTransaction.Sign(body, key);
        string found = CannedNode.Result($$"""{"hash":"{{transaction.Id}}","height":"5","index":0,"tx_result":{"code":{{blockCode}},"gas_used":"7"},"tx":"AQ=="}""");
        string accepted = CannedNode.Result($$"""{"hash":"{{transaction.Id}}","code":{{checkCode}},"data":"","log":"","codespace":""}""");
        using CannedNode node = new(method => (200, method switch { "tx" => found, "broadcast_tx_sync" => accepted, _ => Status(Now) }));
        using ChainClient client = new(node.Url);
        TransactionWaiter waiter = new(client, TimeProvider.System);

        Task<SentTransaction> sending = waiter.SendAsync(transaction, TimeSpan.FromSeconds(9), CancellationToken.None);

        if (expected is null)
        {
            Assert.Equal(TransactionFate.Included, (await sending).Fate);
            return;
        }
        ClientException thrown = await Assert.ThrowsAsync<ClientException>(() => sending);
        Assert.Equal(expected, thrown.Error.Code);
        Assert.Equal((uint)(checkCode + blockCode), thrown.Error.ResultCode);
    }

    [Theory]
    [InlineData(TransactionFate.Expired, ClientErrorCode.TransactionExpired)]
    [InlineData(TransactionFate.StillPending, ClientErrorCode.TransactionPending)]
    public void Fate_that_is_no_success_is_an_exception_where_success_is_asked_for(TransactionFate fate, ClientErrorCode expected)
    {
        SentTransaction outcome = new(Id, fate, default, 0, null);
        Assert.Equal(expected, Assert.Throws<ClientException>(outcome.EnsureIncluded).Error.Code);
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
