using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Governance.Messages;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Grants;
using Chain.StateMachine.Transactions.Keys;
using Chain.StateMachine.Transactions.Register;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Transfer;
using Chain.StateMachine.Transactions.Update;
using Chain.StateMachine.Trust.Reviews;
using FsCheck;
using FsCheck.Fluent;

namespace Chain.StateMachine.Tests.Transactions;

/// <summary>Messages with amounts around what the test genesis holds, about the first few orders and leases.</summary>
internal static class RandomMessages
{
    private static readonly string[] Names = [.. TestGenesis.People[..4], "auditor", "provider"];

    public static Gen<string> Name { get; } = Gen.Elements(Names);

    public static Gen<ulong> Amount { get; } = Gen.OneOf(
        Gen.Choose(0, 1000).Select(units => (ulong)units),
        Gen.Choose(0, 200_000).Select(credits => (ulong)credits * TestGenesis.Credit),
        Gen.Elements(ulong.MaxValue, ulong.MaxValue - 1, 1UL << 63));

    private static Gen<Role> Roles { get; } = Gen.Elements(
        Role.Provider, Role.Auditor, Role.Prober, Role.Juror);

    private static Gen<Message> Transfers { get; } =
        from to in Name
        from amount in Amount
        select (Message)new Transfer(TestKeys.AddressOf(to), amount, default);

    private static Gen<Message> Stakes { get; } =
        from role in Roles
        from action in Gen.Elements(StakeAction.Bond, StakeAction.Unbond, StakeAction.Claim)
        from amount in Amount
        select (Message)new Stake(role, action, action == StakeAction.Claim ? 0 : amount);

    private static Gen<Message> Registers { get; } =
        from role in Roles
        from stake in Amount
        from region in Gen.Elements("", "eu", "über-мир")
        from units in Gen.Choose(0, 3)
        select (Message)new Register(role, stake, "did:x", Hash256.From(new byte[32]), Capacity(units), region, Attributes(units), 1);

    private static Gen<Message> Updates { get; } =
        from change in Gen.Elements(StatusChange.Pause, StatusChange.Resume, StatusChange.Exit, StatusChange.Retire)
        from region in Gen.Elements("", "us")
        from units in Gen.Choose(0, 3)
        select (Message)new Update(change, region, default, Capacity(units));

    private static Gen<Message> Grants { get; } =
        from grantee in Name
        from action in Gen.Elements(GrantAction.Set, GrantAction.Set, GrantAction.Revoke)
        from kinds in Gen.SubListOf(MessageKind.Transfer, MessageKind.Stake, MessageKind.Register, MessageKind.Update)
        from cap in Amount
        from fees in Gen.Elements(true, false)
        // Past, or so far ahead that no record goes while a test counts what a single transaction changed.
        from seconds in Gen.Elements(-10, 0, 100_000, 200_000)
        let terms = new GrantTerms(
            KindMask.Of([MessageKind.Transfer, .. kinds]), cap, GrantTarget.Any, fees,
            (ulong)(TestGenesis.Time.Seconds + seconds))
        select (Message)(action == GrantAction.Set
            ? ChangeGrant.Set(TestKeys.AddressOf(grantee), terms)
            : ChangeGrant.Revoke(TestKeys.AddressOf(grantee)));

    private static Gen<Message> Keys { get; } = Gen.OneOf(
        Gen.Choose(0, 2).Select(number => (Message)new SetDidDocument(number == 0 ? default : Sha256.Hash([(byte)number]))),
        Name.Select(name => (Message)new RotateKey(1, TestKeys.PublicOf(name), default)));

    private static Gen<ulong> Id { get; } = Gen.Choose(1, 4).Select(id => (ulong)id);

    private static Gen<ulong> Rate { get; } = Gen.Choose(1, (int)MarketWorld.RateMax + 1).Select(rate => (ulong)rate);

    private static Gen<OrderTerms> Terms { get; } =
        from prepaid in Gen.Choose(1, 90)
        from minTerm in Gen.Choose(0, 60)
        select MarketWorld.Terms(prepaid: (ulong)prepaid, minTerm: (ulong)minTerm);

    private static Gen<Message> Deals { get; } = Gen.OneOf(
        Terms.Select(terms => (Message)new OpenOrder(terms)),
        Id.Zip(Rate).Select(bid => (Message)MarketWorld.BidOn(bid.Item1, bid.Item2)),
        Id.Select(order => (Message)new AcceptBid(order, TestKeys.AddressOf("provider"))),
        Id.Select(order => (Message)new WithdrawBid(order)),
        Id.Select(order => (Message)new CancelOrder(order)),
        Rate.Select(rate => (Message)ChangeOffer.Post(MarketWorld.OfferOf(rate), 30)),
        Id.Zip(Terms).Select(taken => (Message)new TakeOffer(taken.Item1, taken.Item2)));

    private static Gen<Message> Leases { get; } = Gen.OneOf(
        Id.Select(lease => (Message)new StartLease(lease, default, default)),
        Id.Select(lease => (Message)new StartLease(lease, MarketWorld.HashOf(7), MarketWorld.HashOf(8))),
        Id.Select(lease => (Message)new SettleLeases([lease])),
        Id.Zip(Amount).Select(taken => (Message)new Withdraw(taken.Item1, taken.Item2)),
        Id.Select(lease => (Message)new Withdraw(lease, 0)),
        Id.Zip(Amount).Select(added => (Message)new Deposit(DepositTarget.Lease, added.Item1, added.Item2)),
        Id.Zip(Rate).Select(asked => (Message)new AmendLease(asked.Item1, AmendAction.Propose, new AmendedTerms(new ResourceVector(500), asked.Item2, 0), 10)),
        Id.Zip(Gen.Elements(CloseMode.Now, CloseMode.Notice)).Select(end => (Message)new CloseLease(end.Item1, CloseReason.Done, end.Item2)),
        Id.Select(lease => (Message)new WriteReview(lease, ReviewAction.Rate, new Stars(1, 2, 3), MarketWorld.HashOf(6))));

    private static Gen<Message> Admissions { get; } =
        from what in Gen.Choose(0, 4)
        from who in Name
        from key in Name
        select Admission(what, TestKeys.AddressOf(who), key);

    public static Gen<Message> One { get; } = Gen.OneOf(Transfers, Stakes, Registers, Updates, Grants, Keys, Admissions, Deals, Leases);

    /// <summary>Messages of governance, for their encoding.</summary>
    public static Gen<List<Message>> Governing { get; } =
        from number in Amount
        from name in Name
        from scope in Gen.Elements<byte>(1, 5, 6, 17)
        from choice in Gen.Elements(VoteChoice.Yes, VoteChoice.No)
        let address = TestKeys.AddressOf(name)
        from content in Gen.Elements<ProposalContent>(
            new ParameterChanges([new(ParameterId.BidCap, number), new(ParameterId.GraceSeconds, number)]),
            new FlagChange(new KindFlag(MessageKind.Order, FlagMode.AllowList, [address])),
            new UpgradeChange(number, default, new MarketTime(number)),
            new TreasurySpend(address, number),
            new AccreditationChange(address, scope, new MarketTime(number)),
            new TextOnly())
        select new List<Message>
        {
            new Propose(content, number, Sha256.Hash([scope])),
            new AddDeposit(number, number),
            new CastVote(VoteAction.Opinion, number, choice),
            new AskBreaker(KindMask.Of(MessageKind.Bid), number),
        };

    public static Gen<List<Message>> Some { get; } =
        from count in Gen.Choose(1, 4)
        from messages in One.ListOf(count)
        select new List<Message>(messages);

    /// <summary>Requests are proven for the sender that the address names, votes are of anybody.</summary>
    private static Message Admission(int what, in Address who, string keyName)
    {
        using PrivateKey key = TestKeys.Of(keyName + "-key");
        using PrivateKey node = TestKeys.Of(keyName + "-node");
        return what switch
        {
            0 => RequestAccess.Sign("devnet-1", who, AccessAction.Ask, node),
            1 => RequestAccess.Sign("devnet-1", who, AccessAction.Leave, node),
            2 => RequestSeat.SignAsk("devnet-1", who, key, node),
            3 => RequestSeat.Leave,
            _ => Admit.GrantAccess(node.PublicKey, MarketTime.Never),
        };
    }

    private static ClassCapacity[] Capacity(int count)
    {
        List<ClassCapacity> capacity = [];
        for (int i = 1; i <= count; i++) capacity.Add(DecoderTests.CapacityAt(i));
        return [.. capacity];
    }

    private static ProviderAttribute[] Attributes(int count)
    {
        List<ProviderAttribute> attributes = [];
        for (int i = 1; i <= count; i++) attributes.Add(new ProviderAttribute("name-" + i, "value"));
        return [.. attributes];
    }
}
