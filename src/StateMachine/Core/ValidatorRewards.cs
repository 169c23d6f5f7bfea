using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Core;

/// <summary>
/// Pays the validators' share of the fees. Once an epoch the whole pool goes, by voting power, to the balances of the providers
/// whose seat signed at least one commit in it; the last share is the remainder.
/// </summary>
/// <remarks>
/// Not by the number of signed blocks: a commit closes with the first 2/3 of the votes, so who is missing in it says little, and
/// counting would write in every block. An epoch writes only when a new signer appears, and nothing while the pool is empty.
/// </remarks>
internal static class ValidatorRewards
{
    public static void Run(StateOverlay state, BlockContext block, IReadOnlyList<LastCommitFlag> lastCommit, List<Event> events)
    {
        ulong pool = Pools.Load(state).ValidatorRewards;
        if (pool == 0) return;
        ulong number = block.Now.Seconds / block.Parameters.EpochSeconds;
        RewardEpoch? epoch = Load(state);
        if (epoch is not null && epoch.Number != number)
        {
            state.Delete(StoreId.Market, Schema.Key(Schema.RewardEpoch));
            if (TryPay(state, block.Parameters, epoch, pool, events)) return;
            epoch = null;
        }
        SortedSet<Address> signers = new(epoch?.Signers ?? []);
        int known = signers.Count;
        foreach (LastCommitFlag flag in lastCommit)
        {
            if (flag.Flag != BlockIdFlag.Absent && signers.Count < AdmissionLimits.RewardSignersMax) signers.Add(flag.Validator);
        }
        if (signers.Count == known) return;
        RewardEpoch grown = new(number, [.. signers]);
        state.Put(StoreId.Market, Schema.Key(Schema.RewardEpoch), grown.Encode());
    }

    public static RewardEpoch? Load(IStateReader state)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(Schema.RewardEpoch));
        if (bytes is null) return null;
        bool isCanonical = RewardEpoch.TryDecode(bytes, out RewardEpoch epoch, out _);
        Invariant.Holds(isCanonical, "the stored reward epoch is canonical");
        return epoch;
    }

    /// <summary>False, and no change, when nobody who signed has a seat any more: the pool waits for the next epoch.</summary>
    private static bool TryPay(StateOverlay state, Parameters parameters, RewardEpoch epoch, ulong pool, List<Event> events)
    {
        List<(Address Provider, long Power)> earners = Earners(state, parameters, epoch);
        UInt128 total = 0;
        foreach ((_, long power) in earners) total += (ulong)power;
        if (total == 0) return false;
        ulong left = pool;
        for (int i = 0; i < earners.Count; i++)
        {
            bool isLast = i == earners.Count - 1;
            ulong share = isLast ? left : (ulong)((UInt128)pool * (ulong)earners[i].Power / total);
            left -= share;
            ResultCode credited = Ledger.Credit(state, earners[i].Provider, share);
            Invariant.Holds(credited == ResultCode.Ok, "all credits together fit a balance");
            events.Add(new Event("RewardPaid", [new("provider", earners[i].Provider), new("amount", share)]));
        }
        Pools.Store(state, Pools.Load(state) with { ValidatorRewards = 0 });
        return true;
    }

    /// <summary>
    /// Providers with a seat who signed with it or with a key that it had before, by consensus address ascending.
    /// </summary>
    private static List<(Address Provider, long Power)> Earners(StateOverlay state, Parameters parameters, RewardEpoch epoch)
    {
        SortedSet<Address> signed = [];
        foreach (Address signer in epoch.Signers)
        {
            Address? provider = Seats.Load(state, signer)?.Provider ?? PastSeats.Load(state, signer)?.Provider;
            if (provider is { } known) signed.Add(known);
        }
        List<(Address Provider, long Power)> earners = [];
        foreach (Seat seat in Seats.All(state))
        {
            if (signed.Contains(seat.Provider)) earners.Add((seat.Provider, SeatPower.Of(state, seat, parameters)));
        }
        return earners;
    }
}
