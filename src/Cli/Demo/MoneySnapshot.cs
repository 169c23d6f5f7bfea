using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;

namespace Chain.Cli.Demo;

/// <summary>All the money there is after one block: who has it, and what the chain itself says how much there is.</summary>
/// <param name="Supply">Minted less burned, by the chain's own count.</param>
internal sealed record MoneySnapshot(Height Height, IReadOnlyList<Purse> Purses, Int128 Supply, Int128 Burned)
{
    /// <summary>The sum over everybody.</summary>
    public Int128 Total
    {
        get
        {
            Int128 sum = 0;
            foreach (Purse purse in Purses) sum += purse.Total;
            return sum;
        }
    }

    public bool AddsUp => Total == Supply;

    /// <summary>What somebody owned in all; 0 for a stranger.</summary>
    public Int128 TotalOf(string owner)
    {
        foreach (Purse purse in Purses)
        {
            if (purse.Owner == owner) return purse.Total;
        }
        return 0;
    }
}
