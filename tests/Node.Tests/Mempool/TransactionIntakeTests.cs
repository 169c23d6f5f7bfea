using System;
using System.Threading.Tasks;
using Chain.Node.Core;
using Chain.Node.Mempool;
using Chain.Node.Peers;
using Chain.Node.Rpc;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Codes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.Node.Tests.Mempool;

public sealed class TransactionIntakeTests
{
    private static readonly ChainTip Tip = new(
        new Height(0), BlockId.Nil, new Timestamp(0, 0), default, default, Commit.Empty, null!, null!,
        new ConsensusParams(1, 1), 1, CallsForAnotherBlock: false);

    [Fact]
    public async Task Refused_bytes_get_the_words_of_their_code_and_the_place()
    {
        using MemoryStore store = new();
        WriteBatch genesis = new();
        StateOverlay state = new(new StateStore(store));
        Parameters.Store(state, Parameters.Devnet);
        new FeeState(10, 0, new MarketTime(0)).Store(state);
        new StateStore(store).Prepare(new Height(0), state.Changes, genesis);
        store.Write(genesis, sync: true);
        TransactionPool pool = new(transactionsMax: 10, bytesMax: 10_000);
        TransactionIntake intake = new(
            "test-1",
            pool,
            new StateStore(store),
            new NodeClock(TimeProvider.System),
            () => Tip,
            () => { },
            Ed25519Verifier.Instance,
            new TransactionVoice(new PeerTable(), static action => action()));

        AdmissionResult refused = await intake.SubmitAsync([0xc1, 0], TestContext.Current.CancellationToken);

        Assert.Equal((uint)ResultCode.NotCanonical, refused.Code);
        Assert.StartsWith(ResultTexts.LogOf(refused.Code) + " ", refused.Log, StringComparison.Ordinal);
        Assert.EndsWith(" at byte 0.", refused.Log, StringComparison.Ordinal);
        Assert.Equal(0, intake.Count);
    }
}
