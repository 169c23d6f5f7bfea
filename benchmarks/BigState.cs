using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.Benchmarks;

/// <summary>
/// A chain's state with many accounts and running leases, each with its order, its won bid and its entries in the queue of timed
/// moves, written height by height as a chain would grow.
/// </summary>
internal static class BigState
{
    private const int ObjectsPerHeight = 5_000;
    private const int LeasesPerProvider = 100;
    private const ulong Rate = 1_000_000;
    private const ulong Collateral = 100_000_000;
    private const ulong Bucket = 100_000_000_000;

    /// <summary>When every lease began; epochs end at multiples of their length, so all of them end at once.</summary>
    public static MarketTime Begun { get; } = new((ulong)Samples.Time.Seconds);

    /// <summary>Writes everything and answers the height that holds it.</summary>
    public static Height Write(IKeyValueStore store, StateStore state, int accounts, int leases)
    {
        GenesisState genesis = GenesisState.Build(Samples.Genesis(accounts: 1));
        Height height = genesis.Height;
        Commit(store, state, height, genesis.Changes);
        ulong minted = Pools.Load(state).Minted;
        for (int from = 0; from < accounts; from += ObjectsPerHeight)
        {
            StateOverlay overlay = new(state);
            for (int i = from; i < accounts && i < from + ObjectsPerHeight; i++) minted += AddAccount(overlay, i);
            height = Commit(store, state, height.Next, overlay, minted);
        }
        for (int from = 0; from < leases; from += ObjectsPerHeight)
        {
            StateOverlay overlay = new(state);
            for (int i = from; i < leases && i < from + ObjectsPerHeight; i++) minted += AddLease(overlay, i);
            height = Commit(store, state, height.Next, overlay, minted);
        }
        return height;
    }

    private static Height Commit(IKeyValueStore store, StateStore state, Height height, StateOverlay overlay, ulong minted)
    {
        Pools.Store(overlay, Pools.Load(overlay) with { Minted = minted });
        Commit(store, state, height, overlay.Changes);
        return height;
    }

    private static void Commit(
        IKeyValueStore store, StateStore state, Height height, IEnumerable<KeyValuePair<StateKey, byte[]?>> changes)
    {
        WriteBatch batch = new();
        state.Prepare(height, changes, batch);
        store.Write(batch, sync: false);
    }

    /// <summary>An account that has sent a few transactions. Keys are made up: nothing is signed here.</summary>
    private static ulong AddAccount(StateOverlay overlay, int number)
    {
        const ulong Balance = 100_000_000_000;
        PublicKey key = PublicKey.From(Samples.HashOf(number).Span);
        Ledger.Store(overlay, key.Address, new Account(Balance, key, 0, [new LaneSequence(0, 7)]));
        return Balance;
    }

    private static ulong AddLease(StateOverlay overlay, int number)
    {
        ulong id = (ulong)number + 1;
        Address tenant = AddressOf(number);
        Address supplier = AddressOf(-2 - (number / LeasesPerProvider));
        ulong minted = 0;
        if (number % LeasesPerProvider == 0)
        {
            const ulong Stake = LeasesPerProvider * Collateral * 2;
            minted += Stake;
            Providers.Store(overlay, new Provider(
                supplier, ProviderStatus.Active, new StakeBalance(Stake, LeasesPerProvider * Collateral, []), "eu-central",
                [new ProviderAttribute("arch", "x86-64")],
                [new ClassCapacity(ResourceClass.CpuMilli, 1_000_000, 0, LeasesPerProvider * 1000)],
                "", Samples.HashOf(1), 1, Begun, LeasesPerProvider));
        }
        Parameters parameters = Parameters.Default;
        OrderTerms wanted = new(
            Samples.HashOf(number), Samples.HashOf(~number), new OrderNeeds(new ResourceVector(1000), ["eu-central"], [], []), 1, 2 * Rate,
            parameters.OrderDepositMin, 86_400, 0, parameters.NoticeSecondsMin, 3600);
        Order order = new(
            id, tenant, wanted, OrderState.Filled, 1, 0, 0, parameters.StorageDeposit, Begun, Begun + parameters.PruneSeconds,
            parameters.PruneSeconds, [], [supplier]);
        OrderStore.Store(overlay, null, order);
        BidStore.Store(overlay, new Bid(
            id, supplier, Rate, parameters.NoticeSecondsMin, BidState.Won, 0, 0, parameters.StorageDeposit, Begun));
        LeaseTerms terms = new(
            new ResourceVector(1000), Rate, 0, parameters.NoticeSecondsMin, parameters.LockupSeconds, parameters.GraceSeconds,
            parameters.DisputeSeconds, parameters.ReviewSeconds, parameters.PruneSeconds, parameters.EpochSeconds,
            parameters.MarketFeeBps, parameters.EarlyExitBps, SlaClass.Standard, parameters.AvailabilityTargetBps);
        LeaseStore.Store(overlay, null, new Lease(
            id, id, tenant, supplier, terms, LeaseState.Active, CloseReason.None, default, Begun, Begun, Begun, true,
            Samples.HashOf(7), Samples.HashOf(8), Begun, Begun, default, default, Bucket, 0, 0, Collateral, 0, 0,
            parameters.StorageDeposit, 0, 0, false));
        return minted + Bucket + (3 * parameters.StorageDeposit);
    }

    private static Address AddressOf(int number) => PublicKey.From(Samples.HashOf(number).Span).Address;
}
