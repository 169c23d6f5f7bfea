using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Governance.Gates;
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
    private KindGates _gates;

    public TransactionExecutor(StateOverlay state, BlockContext block, ulong baseFee)
    {
        _state = state;
        _block = block;
        _baseFee = baseFee;
        _gates = KindGates.Load(state);
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
        ResultCode admitted = TransactionCheck.Payable(_state, account, transaction, fee, _block.Time, out Grant? grant);
        if (admitted == ResultCode.Ok) admitted = _gates.Check(body.Messages, body.Granter ?? body.Sender, _block.Now);
        if (admitted == ResultCode.Ok && account.NextSequence(body.Lane) != body.Sequence) admitted = ResultCode.BadSequence;
        if (admitted == ResultCode.Ok && body.Sequence == ulong.MaxValue) admitted = ResultCode.BadSequence;
        if (admitted != ResultCode.Ok) return TurnedAway(transaction.Id, admitted, (long)transaction.Work);

        GrantUse? use = grant is null ? null : new GrantUse(grant);
        Address payer = TakeFee(transaction, account, use, fee!.Value);
        List<Event> events = [new Event("FeePaid", [new("payer", payer), new("fee", fee.Value)])];
        ResultCode code = ApplyMessages(transaction, use, events);
        if (use is not null) events.Add(use.Settle(_state));
        // Only what governance decides moves the gates while transactions run.
        if (code == ResultCode.Ok && Governs(body.Messages)) _gates = KindGates.Load(_state);
        AccountExpiry.Track(_state, body.Sender, _block.Now);
        if (use is not null) AccountExpiry.Track(_state, use.Grant.Granter, _block.Now);
        long work = (long)transaction.Work;
        return new TransactionOutcome(transaction.Id, code, EventRoots.Of(events).ToArray(), work, work, events);
    }

    /// <summary>Bytes that are no transaction; a valid block has none, so only their code is kept.</summary>
    public static TransactionOutcome Undecodable(byte[] raw) => TurnedAway(Sha256.Hash(raw), ResultCode.NotCanonical, 0);

    private static TransactionOutcome TurnedAway(in Hash256 id, ResultCode code, long work) =>
        new(id, code, ReadOnlyMemory<byte>.Empty, work, 0, []);

    private static bool Governs(IReadOnlyList<Message> messages)
    {
        foreach (Message message in messages)
        {
            if (message.Kind is MessageKind.Propose or MessageKind.Vote) return true;
        }
        return false;
    }

    /// <summary>Takes the fee from whoever pays it, binds the sender's key and moves its sequence.</summary>
    private Address TakeFee(SignedTransaction transaction, Account account, GrantUse? use, ulong fee)
    {
        TransactionBody body = transaction.Body;
        Address payer = use is { Grant.Terms.PaysFees: true } ? use.Grant.Granter : body.Sender;
        Account sender = account with { Key = transaction.PublicKey };
        if (payer == body.Sender) sender = sender with { Balance = sender.Balance - fee };
        else
        {
            ResultCode paid = Ledger.Debit(_state, payer, fee);
            Invariant.Holds(paid == ResultCode.Ok, "a fee was checked to be in the granter's balance");
            use!.CountFee(fee);
        }
        Ledger.Store(_state, body.Sender, sender.WithNextSequence(body.Lane, body.Sequence + 1));
        FeesTaken += fee;
        WorkPaid += transaction.Work;
        return payer;
    }

    private ResultCode ApplyMessages(SignedTransaction transaction, GrantUse? use, List<Event> events)
    {
        StateOverlay own = new(_state);
        Address actor = use?.Grant.Granter ?? transaction.Body.Sender;
        ExecutionContext context = new(own, _block, actor, transaction.Id);
        ResultCode code;
        try
        {
            code = ApplyAll(context, transaction.Body.Messages, use);
        }
        catch (OverflowException)
        {
            code = ResultCode.Overflow;
        }
        if (code != ResultCode.Ok)
        {
            use?.ForgetMessages();
            return code;
        }
        own.MergeInto(_state);
        events.AddRange(context.Events);
        return ResultCode.Ok;
    }

    private static ResultCode ApplyAll(ExecutionContext context, IReadOnlyList<Message> messages, GrantUse? use)
    {
        foreach (Message message in messages)
        {
            KindEntry? entry = KindTable.Find(message);
            Invariant.Holds(entry is not null, "a decoded message has a known kind");
            ulong before = use is null ? 0 : Ledger.Load(context.State, context.Sender).Balance;
            ResultCode code = entry.Apply(context, message);
            if (code == ResultCode.Ok && use is not null)
            {
                code = use.CountMessage(before, Ledger.Load(context.State, context.Sender).Balance);
            }
            if (code != ResultCode.Ok) return code;
        }
        return ResultCode.Ok;
    }
}
