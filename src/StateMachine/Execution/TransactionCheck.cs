using System;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Execution;

/// <summary>
/// The checks of a transaction, cheap before dear. Admission runs <see cref="Form"/>, <see cref="ExpiryAtAdmission"/>,
/// <see cref="Slot"/> and then has the signature verified by whoever owns the cache of verified signatures.
/// </summary>
public static class TransactionCheck
{
    /// <summary>Size, canonical form, known kinds, chain: what depends on no account and no time.</summary>
    public static ResultCode Form(
        ReadOnlySpan<byte> raw, string chainId, Parameters parameters, out SignedTransaction transaction, out DecodeError error)
    {
        transaction = null!;
        error = default;
        if ((ulong)raw.Length > parameters.TransactionBytesMax) return ResultCode.TooLarge;
        if (!SignedTransaction.TryDecode(raw, out transaction, out error))
        {
            return error.Code == DecodeCode.Unknown ? ResultCode.UnknownKind : ResultCode.NotCanonical;
        }
        if (!string.Equals(transaction.Body.ChainId, chainId, StringComparison.Ordinal)) return ResultCode.WrongChain;
        bool isTooLarge = (ulong)transaction.Body.Messages.Count > parameters.MessagesPerTransactionMax
            || transaction.Work > parameters.BlockWorkMax;
        return isTooLarge ? ResultCode.TooLarge : ResultCode.Ok;
    }

    /// <summary>In a block: header second ≤ valid_until ≤ header second + 24 h.</summary>
    public static ResultCode ExpiryInBlock(TransactionBody body, Timestamp headerTime) =>
        Expiry(body, headerTime.Seconds, headerTime.Seconds + Limits.ValidUntilSecondsMax);

    /// <summary>
    /// At admission: against the later of the last header and the node's clock, with slack both ways because clocks differ,
    /// but never so that the next block must refuse it.
    /// </summary>
    public static ResultCode ExpiryAtAdmission(TransactionBody body, Timestamp lastHeader, Timestamp nodeClock)
    {
        long reference = Math.Max(lastHeader.Seconds, nodeClock.Seconds);
        long earliest = Math.Max(lastHeader.Seconds, reference - Limits.ValidUntilSlackSeconds);
        return Expiry(body, earliest, reference + Limits.ValidUntilSecondsMax + Limits.ValidUntilSlackSeconds);
    }

    /// <summary>
    /// Key, grant, sequence and fee against the accounts as they stand: a sequence may be up to 16 ahead of the next one, a past
    /// one never lands. <paramref name="nextSequence"/> tells how long a gap the mempool has to hold it for.
    /// </summary>
    /// <param name="time">Of the block that may carry it, as far as one can tell.</param>
    public static ResultCode Slot(
        IStateReader state, SignedTransaction transaction, ulong baseFee, Timestamp time, out ulong nextSequence)
    {
        TransactionBody body = transaction.Body;
        Account account = Ledger.Load(state, body.Sender);
        nextSequence = account.NextSequence(body.Lane);
        if (body.Sequence < nextSequence || body.Sequence == ulong.MaxValue) return ResultCode.BadSequence;
        if (body.Sequence - nextSequence > Limits.SequenceGapMax) return ResultCode.SequenceTooFar;
        return Payable(state, account, transaction, FeeMarket.FeeOf(transaction.Work, baseFee, body.Tip), time, out _);
    }

    /// <summary>
    /// The key speaks for the sender, the sender may act for whom it names, the fee is within the offer, and whoever pays it can.
    /// </summary>
    /// <param name="account">The sender's.</param>
    /// <param name="grant">The grant that it uses, or null.</param>
    internal static ResultCode Payable(
        IStateReader state, Account account, SignedTransaction transaction, ulong? fee, Timestamp time, out Grant? grant)
    {
        grant = null;
        TransactionBody body = transaction.Body;
        bool isKeyOfSender = account.Key is { } bound
            ? bound == transaction.PublicKey
            : transaction.PublicKey.Address == body.Sender;
        if (!isKeyOfSender) return ResultCode.WrongKey;
        ResultCode granted = GrantUse.Find(state, body, time, out grant);
        if (granted != ResultCode.Ok) return granted;
        if (fee is null || fee > body.MaxFee) return ResultCode.FeeTooLow;
        if (grant is not { Terms.PaysFees: true }) return account.Balance < fee ? ResultCode.InsufficientFunds : ResultCode.Ok;
        if (fee > grant.Left) return ResultCode.OverMaximum;
        return Ledger.Load(state, grant.Granter).Balance < fee ? ResultCode.InsufficientFunds : ResultCode.Ok;
    }

    private static ResultCode Expiry(TransactionBody body, long earliest, long latest)
    {
        bool isOver = body.ValidUntil > long.MaxValue || (long)body.ValidUntil < earliest || (long)body.ValidUntil > latest;
        return isOver ? ResultCode.Expired : ResultCode.Ok;
    }
}
