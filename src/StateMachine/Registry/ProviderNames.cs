using Chain.Primitives;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Registry;

/// <summary>How a provider's status, and a change of it, is written in events.</summary>
public static class ProviderNames
{
    public static string Of(ProviderStatus status) => status switch
    {
        ProviderStatus.Probation => "probation",
        ProviderStatus.Active => "active",
        ProviderStatus.Paused => "paused",
        ProviderStatus.Suspended => "suspended",
        ProviderStatus.Jailed => "jailed",
        ProviderStatus.Exiting => "exiting",
        ProviderStatus.Retired => "retired",
        _ => throw new InvariantException("a provider's status has a name"),
    };

    /// <summary>The event of a change that the provider did not ask for.</summary>
    /// <param name="at">When it left probation, or how long it stays in jail.</param>
    internal static Event Moved(Provider before, ProviderStatus to, string cause, MarketTime at) => new("ProviderMoved",
    [
        new("provider", before.Address),
        new("from", Of(before.Status)),
        new("to", Of(to)),
        new("cause", cause),
        new(to == ProviderStatus.Jailed ? "until" : "at", at.Seconds),
    ]);
}
