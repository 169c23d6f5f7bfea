using System;

namespace Chain.Cli.Demo;

/// <summary>What somebody owns, in ncredit, by where it is.</summary>
/// <param name="Free">The balance of the account.</param>
/// <param name="Staked">Behind a role.</param>
/// <param name="SetAside">In orders, bids, leases and bonds; for a provider also what a lease has earned it.</param>
internal sealed record Purse(string Owner, Int128 Free, Int128 Staked, Int128 SetAside)
{
    public Int128 Total => Free + Staked + SetAside;
}
