namespace Chain.StateMachine.Registry;

/// <summary>What a provider has of one resource class, in units: <c>Reserved</c> for live bids, <c>Leased</c> to tenants.</summary>
public readonly record struct ClassCapacity(ResourceClass Class, ulong Total, ulong Reserved = 0, ulong Leased = 0)
{
    /// <summary>Units that a new bid may promise.</summary>
    public ulong Free => Total - Reserved - Leased;
}
