using System;
using System.Collections.Generic;
using Chain.Primitives.Codec;
using Chain.StateMachine.Market;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Market;

public sealed class MarketCodecTests
{
    internal static readonly OrderTerms FullTerms = Terms() with
    {
        Needs = new OrderNeeds(
            new ResourceVector(4000, 8192, 100, 8) { Gpu = H100 }, ["eu", "us"], [new("arch", "arm64"), new("vram", "80")],
            [AttestationSchema.Hardware, AttestationSchema.Hsm]) { TierMin = Tiers.Max },
        Renewals = MarketLimits.RenewalsMax,
    };

    internal static readonly AttestationClaim Claim = new(
        AttestationSchema.TeeQuote, ProviderA, HashOf(1), HashOf(2), HashOf(3), new(5), new(ulong.MaxValue)) { Tier = 3 };

    [Fact]
    public void Messages_read_to_what_was_written()
    {
        foreach (Message message in Messages())
        {
            byte[] bytes = Bytes(message);
            MessagePackReader reader = new(bytes);
            Message? read = KindTable.Read(ref reader);
            Assert.True(reader.TryFinish(out DecodeError error), $"{message.Kind}: {error}");
            Assert.Equal(bytes, Bytes(read!));
            for (int length = 0; length < bytes.Length; length++)
            {
                MessagePackReader cut = new(bytes.AsSpan(0, length));
                KindTable.Read(ref cut);
                Assert.False(cut.TryFinish(out _));
            }
        }
    }

    [Fact]
    public void Messages_out_of_order_or_range_are_refused_when_read()
    {
        OrderNeeds needs = FullTerms.Needs;
        Unreadable(new OpenOrder(FullTerms with { Needs = needs with { Regions = ["us", "eu"] } }));
        Unreadable(new OpenOrder(FullTerms with { Needs = needs with { Attributes = [new("b", ""), new("a", "")] } }));
        Unreadable(new OpenOrder(FullTerms with { Needs = needs with { Schemas = [AttestationSchema.Hsm, AttestationSchema.Hsm] } }));
        Unreadable(new OpenOrder(FullTerms with { Needs = needs with { Sla = (SlaClass)77 } }));
        Unreadable(new OpenOrder(FullTerms with { Renewals = MarketLimits.RenewalsMax + 1 }));
        Unreadable(new SettleLeases([]));
        Unreadable(new SettleLeases([2, 1]));
        Unreadable(new CloseLease(1, CloseReason.None, CloseMode.Now));
        Unreadable(new CloseLease(1, CloseReason.OutOfFunds, CloseMode.Now));
        Unreadable(new CloseLease(1, CloseReason.Done, (CloseMode)3));
        Unreadable(new ChangeOffer(OfferAction.Post, 1, OfferOf(), 7));
        Unreadable(ChangeOffer.Post(OfferTerms.None, 7));
        Unreadable(new ChangeOffer(OfferAction.Withdraw, 1, OfferOf(), 0));
        Unreadable(new ChangeOffer(OfferAction.Withdraw, 1, OfferTerms.None, 7));
        Unreadable(new ChangeOffer((OfferAction)3, 0, OfferTerms.None, 0));
        Unreadable(new AmendLease(1, AmendAction.Accept, new(new ResourceVector(2), 3, 4), 5));
        Unreadable(new AmendLease(1, (AmendAction)3, new(new ResourceVector(2), 3, 4), 0));
        Unreadable(new Deposit((DepositTarget)3, 1, 1));
        Unreadable(new Revoke(HashOf(1), 0));
        Unreadable(new Revoke(HashOf(1), (RevokeReason)4));
        Unreadable(new WriteReview(1, (ReviewAction)3, default, default));
    }

    internal static List<Message> Messages() =>
    [
        new OpenOrder(FullTerms),
        BidOn(ulong.MaxValue),
        ChangeOffer.Post(OfferOf(), 7),
        ChangeOffer.Withdraw(8),
        new TakeOffer(9, FullTerms),
        new CancelOrder(300),
        new WithdrawBid(300),
        new AcceptBid(1, ProviderA),
        new StartLease(1, HashOf(1), HashOf(2)),
        new AmendLease(1, AmendAction.Propose, new(new ResourceVector(2), 3, 4), 5),
        new AmendLease(1, AmendAction.Accept, new(new ResourceVector(2), 3, 4), 0),
        new CloseLease(1, CloseReason.BreachOfTerms, CloseMode.Notice),
        new SettleLeases([1, 2, 300]),
        new Deposit(DepositTarget.Lease, 1, 2),
        new Withdraw(1, 0),
        new Attest(Claim, 7),
        new Revoke(HashOf(1), RevokeReason.Fraud),
        new WriteReview(1, ReviewAction.Reply, default, HashOf(1)),
    ];

    private static void Unreadable(Message message)
    {
        MessagePackReader reader = new(Bytes(message));
        KindTable.Read(ref reader);
        Assert.False(reader.TryFinish(out _));
    }

    private static byte[] Bytes(Message message)
    {
        MessagePackWriter writer = new();
        KindTable.Write(ref writer, message);
        return writer.ToArray();
    }
}
