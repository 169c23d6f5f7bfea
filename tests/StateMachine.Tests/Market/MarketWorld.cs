using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.StateMachine.Tests.Market;

/// <summary>
/// A small market in memory: messages run straight through the kind table, time through the queue of timed moves. Every step
/// checks that all credits in the state add up to nothing but what was minted.
/// </summary>
internal sealed class MarketWorld
{
    public const string ChainId = "test-1";
    public const ulong Credit = 1_000_000_000;
    public const ulong StartFunds = 1000 * Credit;
    public const ulong Stake = 200 * Credit;
    public const ulong OrderDeposit = 20_000_000;
    public const ulong BidDeposit = 30_000_000;
    public const ulong Storage = 1_000_000;
    public const ulong RateMax = 5_000_000;

    public static readonly Address Tenant = AddressOf(1);
    public static readonly Address ProviderA = AddressOf(2);
    public static readonly Address ProviderB = AddressOf(3);
    public static readonly Address Issuer = AddressOf(4);
    public static readonly Address Stranger = AddressOf(5);

    private const ulong StartSeconds = 1_000_000_000;
    private ulong _minted;

    public MarketWorld(Parameters? parameters = null)
    {
        Parameters = parameters ?? Parameters.Devnet;
        Now = new MarketTime(StartSeconds);
        Pools.Store(State, PoolBalances.Empty);
        Parameters.Store(State, Parameters.Devnet);
        foreach (Address address in (Address[])[Tenant, ProviderA, ProviderB, Issuer, Stranger]) Mint(address, StartFunds);
        AddProvider(ProviderA, "eu");
        AddProvider(ProviderB, "us");
        byte scope = Accreditations.SchemaScope((byte)AttestationSchema.Hardware);
        Accreditations.Store(State, Issuer, scope, new MarketTime(ulong.MaxValue));
    }

    public StateOverlay State { get; private set; } = new(EmptyState.Instance);

    public Parameters Parameters { get; set; }

    public MarketTime Now { get; private set; }

    /// <summary>Leases that may have been resumed or amended, and so have not been paid for at one rate all the time.</summary>
    public SortedSet<ulong> Changed { get; } = [];

    /// <summary>Events of what ran last: one message, or one step of time.</summary>
    public List<Event> LastEvents { get; private set; } = [];

    public static Address AddressOf(byte number)
    {
        byte[] bytes = new byte[Address.Size];
        Array.Fill(bytes, number);
        return Address.From(bytes);
    }

    public static Hash256 HashOf(byte number)
    {
        byte[] bytes = new byte[Hash256.Size];
        Array.Fill(bytes, number);
        return Hash256.From(bytes);
    }

    public static OrderTerms Terms(byte replicas = 1, ulong minTerm = 0, ulong prepaid = 100) => new(
        HashOf(1), HashOf(2), new OrderNeeds(new ResourceVector(1000), [], [], []), replicas, RateMax, OrderDeposit,
        prepaid, minTerm, NoticeSeconds: 20, OpenSeconds: 60);

    public void Mint(in Address address, ulong amount)
    {
        Assert.Equal(ResultCode.Ok, Ledger.Credit(State, address, amount));
        _minted += amount;
        PoolBalances pools = Pools.Load(State);
        Pools.Store(State, pools with { Minted = _minted });
    }

    public void AddProvider(in Address address, string region, ulong units = 4000, ulong stake = Stake)
    {
        Providers.Store(State, new Provider(
            address, ProviderStatus.Active, new StakeBalance(stake, 0, []), region,
            [new ProviderAttribute("arch", "x86-64")], [new ClassCapacity(ResourceClass.CpuMilli, units)], "", HashOf(9), 1,
            Now, LiveLeases: 0));
        _minted += stake;
        Pools.Store(State, Pools.Load(State) with { Minted = _minted });
    }

    public void AddRole(Role role, in Address address, ulong stake)
    {
        RoleHolders.Store(State, new RoleHolder(role, address, new StakeBalance(stake, 0, []), "", Now));
        _minted += stake;
        Pools.Store(State, Pools.Load(State) with { Minted = _minted });
    }

    /// <summary>The beacon's running round ends as a lone validator would end it, and those who waited are served.</summary>
    public void FinishRound()
    {
        byte[] secret = BitConverter.GetBytes(BeaconRound.Load(State).Number);
        Hash256 preimage = Sha256.Hash(secret);
        PublicKey key = PublicKey.From(new byte[PublicKey.Size]);
        Seats.Store(State, new Seat(key, ProviderA, key, MarketTime.Never));
        BeaconTips.Store(State, key.Address, new BeaconTip(Sha256.Hash(preimage.Span), 1, 0, new Height(0)));
        StateOverlay own = new(State);
        ExecutionContext context = new(own, Block() with { Proposer = key.Address }, default, default);
        BeaconRules.Advance(context);
        Assert.Equal(ResultCode.Ok, BeaconRules.Apply(context, new BeaconTransaction(preimage, default)));
        own.MergeInto(State);
        Advance(0);
    }

    /// <summary>Gives a provider more units and stake than any script uses up.</summary>
    public void Enlarge(in Address address)
    {
        ulong more = 1_000_000 * Credit;
        Provider provider = ProviderAt(address);
        Providers.Store(State, provider with
        {
            Stake = provider.Stake with { Bonded = provider.Bonded + more },
            Capacity = [new ClassCapacity(ResourceClass.CpuMilli, 1_000_000_000)],
        });
        _minted += more;
        Pools.Store(State, Pools.Load(State) with { Minted = _minted });
    }

    /// <summary>What timed moves of now would work with; it writes straight into the state.</summary>
    public ExecutionContext Context() => new(State, Block(), default, default);

    /// <summary>Runs one message; a refused one must leave no trace.</summary>
    public ResultCode Send(in Address sender, Message message)
    {
        StateOverlay own = new(State);
        ExecutionContext context = new(own, Block(), sender, default);
        ResultCode code = KindTable.Find(message)!.Apply(context, message);
        LastEvents = context.Events;
        if (code == ResultCode.Ok)
        {
            Keep(own);
            if (message is Deposit { Target: DepositTarget.Lease } deposit) Changed.Add(deposit.Id);
            if (message is AmendLease amend) Changed.Add(amend.LeaseId);
        }
        return code;
    }

    public void Must(in Address sender, Message message) => Assert.Equal(ResultCode.Ok, Send(sender, message));

    /// <summary>Lets time pass in one step and runs what is due, as far as the cap of timed work allows.</summary>
    public void Advance(ulong seconds)
    {
        Now += seconds;
        LastEvents = [];
        StateOverlay own = new(State);
        TimedMoves.Run(own, Block(), LastEvents);
        Keep(own);
    }

    public ulong Balance(in Address address) => Ledger.Load(State, address).Balance;

    public Provider ProviderAt(in Address address) => Providers.Load(State, address)!;

    /// <summary>A kind of card.</summary>
    public static GpuKind H100 { get; } = new(GpuVendor.Nvidia, "h100", 80, GpuInterface.Sxm);

    public ulong Reserved(in Address address) => ProviderAt(address).SumOf(ResourceClass.CpuMilli).Reserved;

    public ulong Leased(in Address address) => ProviderAt(address).SumOf(ResourceClass.CpuMilli).Leased;

    public Order OrderAt(ulong id) => OrderStore.Read(State, id)!;

    public Lease LeaseAt(ulong id) => LeaseStore.Read(State, id)!;

    /// <summary>What provider A sells: 1000 units, as an order of <see cref="Terms"/> asks for.</summary>
    public static OfferTerms OfferOf(ulong rate = 4_000_000, ulong minTerm = 0) =>
        new(new ResourceVector(1000), rate, minTerm, NoticeSeconds: 20, BidDeposit);

    public ulong PostOffer(OfferTerms? terms = null)
    {
        Must(ProviderA, ChangeOffer.Post(terms ?? OfferOf(), 60));
        return Counters.Last(State, CounterKind.Offer);
    }

    public ulong OpenOrder(OrderTerms? terms = null)
    {
        Must(Tenant, new OpenOrder(terms ?? Terms()));
        return Counters.Last(State, CounterKind.Order);
    }

    public static PlaceBid BidOn(ulong order, ulong rate = 4_000_000, ulong notice = 20) => new(order, rate, BidDeposit, notice);

    /// <summary>Order, bid of provider A, choice.</summary>
    public ulong MakeLease(OrderTerms? terms = null, ulong rate = 4_000_000)
    {
        ulong order = OpenOrder(terms);
        Must(ProviderA, BidOn(order, rate));
        Must(Tenant, new AcceptBid(order, ProviderA));
        return Counters.Last(State, CounterKind.Lease);
    }

    /// <summary>A lease that runs from now on.</summary>
    public ulong StartedLease(OrderTerms? terms = null, ulong rate = 4_000_000)
    {
        ulong lease = MakeLease(terms, rate);
        Must(Tenant, new StartLease(lease, default, default));
        Must(ProviderA, new StartLease(lease, HashOf(7), HashOf(8)));
        return lease;
    }

    /// <summary>
    /// Everything held and burned is everything minted, and no one key holds less than nothing or more than there is: amounts
    /// have no sign, so one that went below zero would be a very large one.
    /// </summary>
    public void CheckAmounts()
    {
        Int128 sum = 0;
        foreach (KeyValuePair<byte[], byte[]> pair in State.Range(StoreId.Market, [0], [255]))
        {
            Int128 held = Schema.Find(StoreId.Market, pair.Key)!.Held(pair.Value);
            Assert.True(pair.Key[0] == Schema.Pools || (held >= 0 && held <= _minted), $"{Hex.Lower(pair.Key)} holds {held} ncredit");
            sum += held;
        }
        Assert.True(sum == 0, $"{sum} ncredit too many");
    }

    /// <summary>All keys and values, for comparing two worlds.</summary>
    public List<string> Dump()
    {
        List<string> lines = [];
        foreach (StoreId store in (StoreId[])[StoreId.Market, StoreId.Meta])
        {
            foreach (KeyValuePair<byte[], byte[]> pair in State.Range(store, [0], [255]))
            {
                lines.Add($"{store} {Hex.Lower(pair.Key)} {Hex.Lower(pair.Value)}");
            }
        }
        return lines;
    }

    private BlockContext Block() => new(
        ChainId, new Height(1), Timestamp.FromUnixMs((long)Now.Seconds * 1000), Now, 1, default, Parameters);

    /// <summary>Takes changes over, which must neither make nor lose a credit.</summary>
    private void Keep(StateOverlay changed)
    {
        Conservation.Holds(State, [.. changed.Changes]);
        changed.MergeInto(State);
    }
}
