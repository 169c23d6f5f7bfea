using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Execution;

/// <summary>
/// Executes the transactions of one block, one after the other. One that fails in key, sequence or fee is turned away: a
/// code, no fee, no change. One that fails in its messages pays its fee, moves its sequence and changes nothing else.
/// </summary>
internal sealed class TransactionExecutor
{
    private readonly StateOverlay _state;
    private readonly BlockContext _block;
    private readonly ulong _baseFee;

    public TransactionExecutor(StateOverlay state, BlockContext block, ulong baseFee)
    {
        _state = state;
        _block = block;
        _baseFee = baseFee;
    }

    /// <summary>Fees taken so far; the caller hands them to the pools.</summary>
    public ulong FeesTaken { get; private set; }

    /// <summary>Work units that were paid so far.</summary>
    public ulong WorkPaid { get; private set; }

    public TransactionOutcome Execute(SignedTransaction transaction)
    {
        TransactionBody body = transaction.Body;
        Account account = Ledger.Load(_state, body.Sender);
        ulong? fee = FeeMarket.FeeOf(transaction.Work, _baseFee, body.Tip);
        ResultCode admitted = TransactionCheck.Payable(account, transaction, fee);
        if (admitted == ResultCode.Ok && account.NextSequence(body.Lane) != body.Sequence) admitted = ResultCode.BadSequence;
        if (admitted == ResultCode.Ok && body.Sequence == ulong.MaxValue) admitted = ResultCode.BadSequence;
        if (admitted != ResultCode.Ok) return TurnedAway(transaction.Id, admitted, (long)transaction.Work);

        TakeFee(transaction, account, fee!.Value);
        List<Event> events = [new Event("FeePaid", [new("payer", body.Sender), new("fee", fee.Value)])];
        ResultCode code = ApplyMessages(transaction, events);
        AccountExpiry.Track(_state, body.Sender, _block.Now);
        long work = (long)transaction.Work;
        return new TransactionOutcome(transaction.Id, code, EventRoots.Of(events).ToArray(), work, work, events);
    }

    /// <summary>Bytes that are no transaction; a valid block has none, so only their code is kept.</summary>
    public static TransactionOutcome Undecodable(byte[] raw) => TurnedAway(Sha256.Hash(raw), ResultCode.NotCanonical, 0);

    private static TransactionOutcome TurnedAway(in Hash256 id, ResultCode code, long work) =>
        new(id, code, ReadOnlyMemory<byte>.Empty, work, 0, []);

    private void TakeFee(SignedTransaction transaction, Account account, ulong fee)
    {
        TransactionBody body = transaction.Body;
        Account paid = account with { Balance = account.Balance - fee, Key = transaction.PublicKey };
        Ledger.Store(_state, body.Sender, paid.WithNextSequence(body.Lane, body.Sequence + 1));
        FeesTaken += fee;
        WorkPaid += transaction.Work;
    }

    private ResultCode ApplyMessages(SignedTransaction transaction, List<Event> events)
    {
        StateOverlay own = new(_state);
        ExecutionContext context = new(own, _block, transaction.Body.Sender, transaction.Id);
        try
        {
            foreach (Message message in transaction.Body.Messages)
            {
                KindEntry? entry = KindTable.Find(message);
                Invariant.Holds(entry is not null, "a decoded message has a known kind");
                ResultCode code = entry.Apply(context, message);
                if (code != ResultCode.Ok) return code;
            }
        }
        catch (ArithmeticException)
        {
            return ResultCode.Overflow;
        }
        own.MergeInto(_state);
        events.AddRange(context.Events);
        return ResultCode.Ok;
    }
}
