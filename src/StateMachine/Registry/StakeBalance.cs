using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Registry;

/// <summary>Credits that stand behind a role, in ncredit.</summary>
/// <param name="Bonded">All of the stake that is not unbonding.</param>
/// <param name="Locked">The part of <paramref name="Bonded"/> that collateral of bids and leases holds.</param>
/// <param name="Unbonding">On its way out, by due time ascending.</param>
public sealed record StakeBalance(ulong Bonded, ulong Locked, IReadOnlyList<UnbondingEntry> Unbonding)
{
    /// <summary>Withdrawals that may be on their way at once.</summary>
    public const int UnbondingEntriesMax = 16;

    public static readonly StakeBalance None = new(0, 0, []);

    /// <summary>What collateral may still take.</summary>
    public ulong Free => Bonded - Locked;

    /// <summary>Everything that this stake holds, bonded and unbonding.</summary>
    public Int128 Held
    {
        get
        {
            Int128 held = Bonded;
            foreach (UnbondingEntry entry in Unbonding) held += entry.Amount;
            return held;
        }
    }

    /// <summary>Less what a slash takes: free stake first, then what is unbonding, the earliest first; never collateral.</summary>
    /// <param name="amount">ncredit, at most <see cref="Held"/> less <see cref="Locked"/>.</param>
    public StakeBalance WithSlashed(ulong amount)
    {
        ulong fromFree = Math.Min(amount, Free);
        ulong rest = amount - fromFree;
        List<UnbondingEntry> unbonding = [];
        foreach (UnbondingEntry entry in Unbonding)
        {
            ulong taken = Math.Min(rest, entry.Amount);
            rest -= taken;
            if (taken < entry.Amount) unbonding.Add(entry with { Amount = entry.Amount - taken });
        }
        Invariant.Holds(rest == 0, "a slash takes no more than the stake that is not collateral");
        return this with { Bonded = Bonded - fromFree, Unbonding = unbonding };
    }

    public void Write(ref MessagePackWriter writer)
    {
        writer.Array(3).UInt(Bonded).UInt(Locked).Array(Unbonding.Count);
        foreach (UnbondingEntry entry in Unbonding) writer.Array(2).UInt(entry.Amount).UInt(entry.Due.Seconds);
    }

    public static StakeBalance Read(ref MessagePackReader reader)
    {
        reader.Array(3);
        ulong bonded = reader.UInt();
        ulong locked = reader.UInt(bonded);
        int count = reader.ArrayHeader(UnbondingEntriesMax);
        UnbondingEntry[] unbonding = new UnbondingEntry[count];
        for (int i = 0; i < count && reader.IsOk; i++)
        {
            reader.Array(2);
            unbonding[i] = new UnbondingEntry(reader.UInt(), new MarketTime(reader.UInt()));
            reader.EndArray();
        }
        reader.EndArray();
        reader.EndArray();
        return new StakeBalance(bonded, locked, unbonding);
    }
}
