using Chain.Primitives;

namespace Chain.StateMachine.Registry;

/// <summary>How a provider's status is written in events.</summary>
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
}
