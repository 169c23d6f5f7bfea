namespace Chain.StateMachine.Market;

/// <summary>Fixed bounds of market objects. What governance may move is a chain parameter instead.</summary>
public static class MarketLimits
{
    /// <summary>Leases that one order may ask for.</summary>
    public const int ReplicasMax = 16;

    /// <summary>Times that one order may renew itself.</summary>
    public const byte RenewalsMax = 16;

    /// <summary>Regions that one order may name.</summary>
    public const int RegionsMax = 16;

    /// <summary>Attestation schemas that one order may name.</summary>
    public const int SchemasMax = 16;

    /// <summary>Providers that an order may allow, and that it may deny; tenants of an offer likewise.</summary>
    public const int AddressesMax = 32;

    /// <summary>Live bids that an order record may list, whatever the chain parameter says.</summary>
    public const int BidsListedMax = 256;

    /// <summary>Leases that one settle message may name.</summary>
    public const int SettleLeasesMax = 64;

    /// <summary>Attestations that one subject may hold of one schema at a time.</summary>
    public const int AttestationsPerSubjectMax = 16;

    /// <summary>ncredit per second: a thousand credits. With lengths below 2^32 s every product fits 128 bits.</summary>
    public const ulong RatePerSecondMax = 1_000_000_000_000;

    /// <summary>Seconds of any length that a message names: ten years.</summary>
    public const ulong SecondsMax = 10UL * 365 * 24 * 3600;

    /// <summary>What a curve offer may make of the curve's price: a hundred times, in basis points.</summary>
    public const ulong CurveBpsMax = 1_000_000;

    /// <summary>Units of a resource class that one lease may take.</summary>
    public const ulong UnitsMax = 1_000_000_000;
}
