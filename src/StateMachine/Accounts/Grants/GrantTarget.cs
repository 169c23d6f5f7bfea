using System;
using System.Globalization;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.StateMachine.Accounts.Grants;

/// <summary>The one object that a grant is for, or <see cref="Any"/>. On the wire <c>[kind, 0 | address | number]</c>.</summary>
/// <param name="Account">For <see cref="GrantTargetKind.Account"/>, else zero.</param>
/// <param name="Id">Number of an order, lease or offer, from 1; else 0.</param>
public readonly record struct GrantTarget(GrantTargetKind Kind, Address Account, ulong Id)
{
    public static readonly GrantTarget Any;

    public static GrantTarget Of(GrantTargetKind kind, ulong id) => new(kind, default, id);

    public static GrantTarget Of(in Address account) => new(GrantTargetKind.Account, account, 0);

    /// <summary>
    /// The object that a message acts on. Kinds that are not listed act on none, so that a narrowed grant never covers a kind
    /// that nobody thought of.
    /// </summary>
    public static GrantTarget Of(Message message) => message switch
    {
        Transfer m => Of(m.To),
        CancelOrder m => Of(GrantTargetKind.Order, m.OrderId),
        PlaceBid m => Of(GrantTargetKind.Order, m.OrderId),
        WithdrawBid m => Of(GrantTargetKind.Order, m.OrderId),
        AcceptBid m => Of(GrantTargetKind.Order, m.OrderId),
        Deposit { Target: DepositTarget.Order } m => Of(GrantTargetKind.Order, m.Id),
        Deposit m => Of(GrantTargetKind.Lease, m.Id),
        StartLease m => Of(GrantTargetKind.Lease, m.LeaseId),
        AmendLease m => Of(GrantTargetKind.Lease, m.LeaseId),
        CloseLease m => Of(GrantTargetKind.Lease, m.LeaseId),
        Withdraw m => Of(GrantTargetKind.Lease, m.LeaseId),
        WriteReview m => Of(GrantTargetKind.Lease, m.LeaseId),
        TakeOffer m => Of(GrantTargetKind.Offer, m.OfferId),
        ChangeOffer { Action: OfferAction.Withdraw } m => Of(GrantTargetKind.Offer, m.OfferId),
        _ => Any,
    };

    /// <summary>True when a grant with this target covers the message, as far as its target goes.</summary>
    public bool Covers(Message message) => Kind == GrantTargetKind.Any || Of(message) == this;

    /// <summary>For people: <c>any</c>, <c>account:chain1…</c>, <c>lease:7</c>.</summary>
    public override string ToString() => Kind switch
    {
        GrantTargetKind.Any => "any",
        GrantTargetKind.Account => $"account:{Account}",
        GrantTargetKind.Order => "order:" + Id.ToString(NumberFormatInfo.InvariantInfo),
        GrantTargetKind.Lease => "lease:" + Id.ToString(NumberFormatInfo.InvariantInfo),
        _ => "offer:" + Id.ToString(NumberFormatInfo.InvariantInfo),
    };

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, out GrantTarget target)
    {
        target = Any;
        if (text == "any") return true;
        string[] halves = text.Split(':', 2);
        if (halves.Length < 2) return false;
        if (halves[0] == "account")
        {
            bool isAddress = Address.TryParse(halves[1], out Address account);
            target = Of(account);
            return isAddress;
        }
        GrantTargetKind kind = halves[0] switch
        {
            "order" => GrantTargetKind.Order,
            "lease" => GrantTargetKind.Lease,
            "offer" => GrantTargetKind.Offer,
            _ => GrantTargetKind.Any,
        };
        bool isNumber = ulong.TryParse(halves[1], NumberStyles.None, NumberFormatInfo.InvariantInfo, out ulong id) && id > 0;
        target = Of(kind, id);
        return kind != GrantTargetKind.Any && isNumber;
    }

    public void Write(ref MessagePackWriter writer)
    {
        writer.Array(2).UInt((ulong)Kind);
        if (Kind == GrantTargetKind.Account) writer.Bin(Account);
        else writer.UInt(Id);
    }

    public static GrantTarget Read(ref MessagePackReader reader)
    {
        reader.Array(2);
        GrantTargetKind kind = (GrantTargetKind)reader.UInt8();
        if (!Enum.IsDefined(kind)) reader.Fail(DecodeCode.OutOfRange);
        GrantTarget target = kind == GrantTargetKind.Account ? Of(reader.Address()) : Of(kind, reader.UInt());
        bool isNumbered = kind is not GrantTargetKind.Any and not GrantTargetKind.Account;
        if (target.Id == 0 && isNumbered || target.Id != 0 && kind == GrantTargetKind.Any) reader.Fail(DecodeCode.OutOfRange);
        reader.EndArray();
        return target;
    }
}
