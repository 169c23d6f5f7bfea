using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client;
using Chain.Client.Answers;
using Chain.Client.State;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Market.Bids;

namespace Chain.Cli.Demo;

/// <summary>Adds up the money of everybody in the demonstration, all from the state after one and the same block.</summary>
internal sealed class MoneyReader(ChainClient client, IReadOnlyList<Person> people)
{
    private readonly StateReader _reader = new(client);

    /// <summary>The order of the story, once there is one; likewise the others.</summary>
    public ulong? Order { get; set; }

    public ulong? Lease { get; set; }

    public Hash256? Attestation { get; set; }

    public async Task<MoneySnapshot> ReadAsync(CancellationToken cancel)
    {
        NodeStatus status = await client.StatusAsync(cancel);
        StateReadOptions at = new(status.LatestHeight);
        Dictionary<Address, Int128> setAside = [];
        await AddMarketAsync(setAside, at, cancel);
        List<Purse> purses = [];
        foreach (Person person in people)
        {
            Int128 free = (await _reader.AccountAsync(person.Address, at, cancel)).Value!.Balance;
            Int128 staked = (await _reader.ProviderAsync(person.Address, at, cancel)).Value?.Stake.Held ?? 0;
            purses.Add(new Purse(person.Name, free, staked, setAside.GetValueOrDefault(person.Address)));
        }
        PoolBalances pools = (await _reader.PoolsAsync(at, cancel)).Value ?? PoolBalances.Empty;
        purses.Add(new Purse("common pools", (Int128)pools.Treasury + pools.ValidatorRewards + pools.Reliability, 0, 0));
        return new MoneySnapshot(status.LatestHeight, purses, (Int128)pools.Minted - pools.Burned, pools.Burned);
    }

    private async Task AddMarketAsync(Dictionary<Address, Int128> setAside, StateReadOptions at, CancellationToken cancel)
    {
        void Add(in Address owner, Int128 amount) => setAside[owner] = setAside.GetValueOrDefault(owner) + amount;

        if (Order is { } orderId)
        {
            if ((await _reader.OrderAsync(orderId, at, cancel)).Value is { } order)
            {
                Add(order.Tenant, (Int128)order.Escrow + order.Deposit + order.StorageDeposit);
            }
            foreach (Person person in people)
            {
                Bid? bid = (await _reader.BidAsync(orderId, person.Address, at, cancel)).Value;
                if (bid is not null) Add(person.Address, (Int128)bid.Deposit + bid.StorageDeposit);
            }
        }
        if (Lease is { } leaseId && (await _reader.LeaseAsync(leaseId, at, cancel)).Value is { } lease)
        {
            Add(lease.Tenant, (Int128)lease.Bucket + lease.TenantDeposit + lease.StorageDeposit);
            Add(lease.Provider, (Int128)lease.Pending + lease.Claimable + lease.ProviderDeposit);
        }
        if (Attestation is { } uid && (await _reader.AttestationAsync(uid, at, cancel)).Value is { } attestation)
        {
            Add(attestation.Issuer, attestation.Bond);
        }
    }
}
