using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Market.Rebates;

/// <summary>
/// Hands the reliability pool out to providers by their points of an epoch (marketplace.md 5.1). Nobody gets back more than a share of
/// the market fees that were paid on the very leases that earned the points, so a lease with oneself always costs something. What
/// the caps leave returns to the pool.
/// </summary>
internal static class RebateClock
{
    /// <summary>Providers that one move pays; the others come a second later.</summary>
    public const int PaidPerMove = 64;

    public static void Move(ExecutionContext context, byte[] id)
    {
        MarketTime ends = new(BinaryPrimitives.ReadUInt64BigEndian(id));
        RebateEpoch? epoch = RebateBook.Load(context.State, ends);
        if (epoch is null) return;
        epoch = epoch.HasBegun ? epoch : Begin(context, epoch);
        ulong left = epoch.Left;
        int paid = 0;
        List<Address> done = [];
        Address? next = null;
        foreach ((Address provider, RebateEntry entry) in RebateBook.From(context.State, ends, epoch.Next))
        {
            if (paid == PaidPerMove)
            {
                next = provider;
                break;
            }
            paid++;
            ulong share = Math.Min(ShareOf(epoch, entry, context.Block.Parameters), left);
            left -= share;
            done.Add(provider);
            if (share == 0) continue;
            Payments.Pay(context, provider, share);
            context.Emit(new Event("RebatePaid",
            [
                new("epoch_end", ends.Seconds), new("provider", provider), new("fee", entry.Fee), new("amount", share),
            ]));
        }
        foreach (Address provider in done) RebateBook.DeleteEntry(context.State, ends, provider);
        if (next is { } rest)
        {
            RebateBook.Store(context.State, ends, epoch with { Left = left, Next = rest });
            TimedQueue.Schedule(context.State, context.Now + 1, TimedKind.Rebate, id);
            return;
        }
        RebateBook.Delete(context.State, ends);
        Pools.AddToReliability(context.State, left);
        context.Emit(new Event("RebatesEnded",
            [new("epoch_end", ends.Seconds), new("pot", epoch.Pot), new("returned", left), new("points", epoch.Points)]));
    }

    /// <summary>Takes the pool as it is now: what comes later is for later epochs.</summary>
    private static RebateEpoch Begin(ExecutionContext context, RebateEpoch epoch)
    {
        PoolBalances pools = Pools.Load(context.State);
        Pools.Store(context.State, pools with { Reliability = 0 });
        return epoch with { HasBegun = true, Pot = pools.Reliability, Left = pools.Reliability };
    }

    private static ulong ShareOf(RebateEpoch epoch, RebateEntry entry, Parameters parameters)
    {
        if (epoch.Points == 0) return 0;
        // A cap that was moved since the points were added up must not make shares of more than the whole.
        ulong points = Math.Min(entry.Points(parameters.RebateEarningsMax), epoch.Points);
        UInt128 share = (UInt128)epoch.Pot * points / epoch.Points;
        UInt128 most = (UInt128)entry.Fee * parameters.RebateShareBps / LeaseMath.BasisPoints;
        return (ulong)UInt128.Min(share, most);
    }
}
