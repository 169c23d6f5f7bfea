using Chain.Primitives;

namespace Chain.StateMachine.Admission;

/// <summary>Fixed bounds of requests and proposals.</summary>
public static class AdmissionLimits
{
    /// <summary>Undecided proposals that one validator may have opened.</summary>
    public const int ProposalsPerValidatorMax = 16;

    /// <summary>Past seats of one provider that are still kept; beyond, its key does not rotate again.</summary>
    public const int PastSeatsPerProviderMax = 16;

    /// <summary>Consensus addresses that one reward epoch remembers: a whole set, changed once over.</summary>
    public const int RewardSignersMax = 2 * Limits.ValidatorsMax;
}
