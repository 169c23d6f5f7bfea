using System;
using System.Threading.Tasks;
using Chain.Node.Core;
using Chain.Node.Mempool;
using Chain.Node.Peers;
using Chain.Node.Rpc;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Codes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.Node.Tests.Mempool;

public sealed class TransactionIntakeTests : IDisposable
{
    private static readonly ChainTip Tip = new(
        new Height(0), BlockId.Nil, new Timestamp(0, 0), default, default, Commit.Empty, null!, null!,
        new ConsensusParams(1, 1), 1, CallsForAnotherBlock: false);

    private readonly MemoryStore _store = new();
    private readonly PrivateKey _alice = PrivateKey.FromSeed(Sha256.Hash([1]).Span);
    private readonly PrivateKey _bob = PrivateKey.FromSeed(Sha256.Hash([2]).Span);

    [Fact]
    public async Task Refused_bytes_get_the_words_of_their_code_and_the_place()
    {
        TransactionIntake intake = Make(new TransactionPool(transactionsMax: 10, bytesMax: 10_000));

        AdmissionResult refused = await intake.SubmitAsync([0xc1, 0], TestContext.Current.CancellationToken);

        Assert.Equal((uint)ResultCode.NotCanonical, refused.Code);
        Assert.StartsWith(ResultTexts.LogOf(refused.Code) + " ", refused.Log, StringComparison.Ordinal);
        Assert.EndsWith(" at byte 0.", refused.Log, StringComparison.Ordinal);
        Assert.Equal(0, intake.Count);
    }

    [Fact]
    public void Counters_tell_what_failed_had_no_room_and_came_again()
    {
        TransactionPool pool = new(transactionsMax: 1, bytesMax: 10_000);
        TransactionIntake intake = Make(pool);
        byte[] first = Signed(_alice);

        Assert.Equal(
            [ResultCode.Ok, ResultCode.Duplicate, ResultCode.MempoolFull, ResultCode.NotCanonical],
            intake.SubmitMany([first, first, Signed(_bob), [0xc1, 0]]));

        MempoolCounters counters = pool.Counters;
        Assert.Equal((1, 1, 1, 1), (counters.Admitted, counters.AlreadyReceived, counters.Rejected, counters.Failed));
        (_, _, double bytes) = counters.Sizes.Read();
        Assert.Equal(first.Length, bytes);
    }

    public void Dispose()
    {
        _store.Dispose();
        _alice.Dispose();
        _bob.Dispose();
    }

    private static byte[] Signed(PrivateKey key)
    {
        ulong until = (ulong)DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60;
        return SignedTransaction.Sign(
            new TransactionBody("test-1", key.PublicKey.Address, 0, 0, 1_000_000_000, 0, until, [new Transfer(key.PublicKey.Address, 1, default)], ""),
            key).Bytes;
    }

    private TransactionIntake Make(TransactionPool pool)
    {
        WriteBatch genesis = new();
        StateOverlay state = new(new StateStore(_store));
        Parameters.Store(state, Parameters.Devnet);
        new FeeState(10, 0, new MarketTime(0)).Store(state);
        foreach (PrivateKey key in (PrivateKey[])[_alice, _bob])
        {
            Ledger.Store(state, key.PublicKey.Address, Account.Empty with { Balance = 1_000_000_000_000 });
        }
        new StateStore(_store).Prepare(new Height(0), state.Changes, genesis);
        _store.Write(genesis, sync: true);
        return new TransactionIntake(
            "test-1",
            pool,
            new StateStore(_store),
            new NodeClock(TimeProvider.System),
            () => Tip,
            () => { },
            Ed25519Verifier.Instance,
            new TransactionVoice(new PeerTable(), static action => action()));
    }
}
