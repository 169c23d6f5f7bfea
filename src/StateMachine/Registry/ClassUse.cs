using System;

namespace Chain.StateMachine.Registry;

/// <summary>Units of one resource class over all providers: of those who take leases all, of the others what is leased.</summary>
public readonly record struct ClassUse(ulong Total, ulong Leased)
{
    /// <summary>The share that is leased, basis points; 0 without units.</summary>
    public ulong UseBps => Total == 0 ? 0 : (ulong)((UInt128)Leased * 10_000 / Total);
}
