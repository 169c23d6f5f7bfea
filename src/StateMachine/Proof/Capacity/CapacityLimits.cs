namespace Chain.StateMachine.Proof.Capacity;

/// <summary>Fixed bounds of capacity proofs.</summary>
public static class CapacityLimits
{
    /// <summary>Units of one class that a provider is challenged for; what it declares beyond counts as not proven.</summary>
    public const int UnitsPerClassMax = 1024;

    /// <summary>Units that one message proves.</summary>
    public const int UnitsPerMessageMax = 128;

    /// <summary>Nonces that one unit may show, whatever the chain parameter says.</summary>
    public const int NoncesPerUnitMax = 16;
}
