using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Client.State;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.Client.Transactions;

/// <summary>
/// Makes and signs transactions for the chain that a node follows: looks up chain id, time, sequence and base fee.
/// </summary>
public sealed class TransactionBuilder(ChainClient client, TimeProvider clock)
{
    /// <summary>The base fee may rise before the transaction lands.</summary>
    private const ulong FeeHeadroom = 2;

    public async Task<SignedTransaction> BuildAsync(
        PrivateKey key, IReadOnlyList<Message> messages, TransactionOptions options, CancellationToken cancel)
    {
        CheckMemo(options.Memo);
        NodeStatus status = await client.StatusAsync(cancel);
        Address sender = options.Account ?? key.PublicKey.Address;
        StateReader reader = new(client);
        FetchedState state = await reader.FetchAsync(
        [
            new StateKey(StoreId.Market, Schema.Key(Schema.Account, sender)),
            new StateKey(StoreId.Meta, Schema.Key(Schema.Parameters)),
            new StateKey(StoreId.Meta, Schema.Key(Schema.FeeMarket)),
            new StateKey(StoreId.Meta, Schema.Key(Schema.MarketClock)),
        ], cancel);
        // The dev clock may run ahead of ours, and ours ahead of a chain that has been idle: the later one counts.
        long now = Math.Max(clock.GetUtcNow().ToUnixTimeSeconds(), status.LatestTime.Seconds);
        TransactionBody body = new(
            status.ChainId,
            sender,
            options.Lane,
            options.Sequence ?? Ledger.Load(state, sender).NextSequence(options.Lane),
            options.MaxFee ?? ulong.MaxValue,
            options.Tip,
            (ulong)now + options.ValidSeconds,
            messages,
            options.Memo)
        {
            Granter = options.Granter,
        };
        if (options.MaxFee is null)
        {
            body = body with { MaxFee = EstimateFee(body, key.PublicKey, state, new Timestamp(now, 0)) };
        }
        return SignedTransaction.Sign(body, key);
    }

    /// <summary>Work at its largest encoding × the base fee of the next block × headroom, and the tip.</summary>
    private static ulong EstimateFee(TransactionBody body, PublicKey key, FetchedState state, Timestamp now)
    {
        ulong work = SignedTransaction.Create(body, key, default).Work;
        Parameters parameters = Parameters.Load(state);
        FeeState fees = FeeMarket.At(FeeState.Load(state), MarketClock.At(state, now), parameters);
        return FeeMarket.FeeOf(work, fees.BaseFee * FeeHeadroom, body.Tip) ?? ulong.MaxValue;
    }

    private static void CheckMemo(string memo)
    {
        int bytes = Encoding.UTF8.GetByteCount(memo);
        if (bytes <= Limits.MemoBytesMax) return;
        throw new ClientException(ClientErrorCode.BadInput, "The memo is too long.",
            $"It has {bytes} bytes; {Limits.MemoBytesMax} are allowed.", "Shorten it, or put only a hash on the chain.");
    }
}
