using System;

namespace Chain.StateMachine.Objects;

/// <summary>What must hold of parameters, each alone and together.</summary>
public static class ParameterBounds
{
    private static readonly ParameterId[] Windows =
    [
        ParameterId.OrderExpirySecondsMax,
        ParameterId.UnbondingSeconds,
        ParameterId.StartProviderSeconds,
        ParameterId.StartTenantSeconds,
        ParameterId.GraceSeconds,
        ParameterId.NoticeSecondsMin,
        ParameterId.DisputeSeconds,
        ParameterId.ReviewSeconds,
        ParameterId.AttestationChallengeSeconds,
        ParameterId.ParameterLockSeconds,
        ParameterId.FlagLockSeconds,
        ParameterId.UpgradeLockSeconds,
        ParameterId.EvidenceSecondsMax,
        ParameterId.PanelSeconds,
        ParameterId.VotingSeconds,
        ParameterId.RevealSeconds,
        ParameterId.DisputeAnswerSeconds,
        ParameterId.JuryCommitSeconds,
        ParameterId.JuryRevealSeconds,
        ParameterId.AppealSeconds,
        ParameterId.ProvingWindowSeconds,
        ParameterId.TaskCommitSeconds,
        ParameterId.TaskRevealSeconds,
        ParameterId.CapacityWindowSeconds,
        ParameterId.AttestationNonceSeconds,
        ParameterId.AuditSeconds,
    ];

    private static readonly (ParameterId Min, ParameterId Max)[] PriceRanges =
    [
        (ParameterId.PriceCpuMin, ParameterId.PriceCpuMax),
        (ParameterId.PriceMemoryMin, ParameterId.PriceMemoryMax),
        (ParameterId.PriceStorageMin, ParameterId.PriceStorageMax),
        (ParameterId.PriceGpuMin, ParameterId.PriceGpuMax),
    ];

    /// <summary>Parameters with at most so many values are choices: every step between them is allowed.</summary>
    private const ulong ChoicesMax = 16;

    /// <summary>True when one proposal may move the parameter so far: at most to half or double, or by its own step.</summary>
    public static bool IsWithinStep(ParameterEntry entry, ulong from, ulong to)
    {
        if (from == to) return true;
        if (entry.Step == 0) return false;
        if (entry.Max - entry.Min < ChoicesMax) return true;
        return to > from
            ? to - from <= Math.Max(from, entry.Step)
            : from - to <= Math.Max(from / 2, entry.Step);
    }

    /// <summary>False, with the parameter and the reason, where a value or a relation is out of bounds.</summary>
    public static bool TryCheck(Parameters parameters, out ParameterId culprit, out string error)
    {
        foreach (ParameterEntry entry in ParameterTable.Entries)
        {
            ulong value = parameters[entry.Id];
            if (value >= entry.Min && value <= entry.Max) continue;
            culprit = entry.Id;
            error = $"{value} is outside {entry.Min} to {entry.Max}";
            return false;
        }
        return TryCheckRelations(parameters, out culprit, out error);
    }

    private static bool TryCheckRelations(Parameters parameters, out ParameterId culprit, out string error)
    {
        error = "";
        culprit = ParameterId.TrustingSeconds;
        if (parameters.TrustingSeconds >= parameters.UnbondingSeconds) error = "must be below unbonding_seconds";
        if (error.Length > 0) return false;

        culprit = ParameterId.EvidenceSecondsMax;
        if (parameters.EvidenceSecondsMax > parameters.UnbondingSeconds) error = "must not exceed unbonding_seconds";
        if (error.Length > 0) return false;

        culprit = ParameterId.DisputeSeconds;
        // Else a provider could be gone with its stake before the last tenant may complain.
        if (parameters.DisputeSeconds >= parameters.UnbondingSeconds) error = "must be below unbonding_seconds";
        if (error.Length > 0) return false;

        culprit = ParameterId.NoticeSecondsMin;
        if (parameters.NoticeSecondsMin > parameters.NoticeSecondsMax) error = "must not exceed notice_seconds_max";
        if (error.Length > 0) return false;

        culprit = ParameterId.MaintenanceLeadSeconds;
        // Else a window could open in an epoch that is being judged already.
        if (parameters.MaintenanceLeadSeconds < parameters.EpochSeconds) error = "must be at least epoch_seconds";
        if (error.Length > 0) return false;

        foreach ((ParameterId min, ParameterId max) in PriceRanges)
        {
            culprit = min;
            if (parameters[min] > parameters[max]) error = $"must not exceed {ParameterTable.Of(max).Name}";
            if (error.Length > 0) return false;
        }

        culprit = ParameterId.BlockBytesMax;
        if (parameters.BlockBytesMax < parameters.TransactionBytesMax) error = "must hold a transaction of the largest size";
        if (error.Length > 0) return false;

        culprit = ParameterId.CapacityNoncesMin;
        if (parameters.CapacityNoncesMin > parameters.CapacityNoncesMax) error = "must not exceed capacity_nonces_max";
        if (error.Length > 0) return false;

        if (parameters.ShortWindows == 1) return true;
        // A proposer may hold a block back this long; a window must leave others a chance to act in it.
        ulong windowMsMin = 4 * (parameters.MessageDelayMs + parameters.PrecisionMs);
        foreach (ParameterId window in Windows)
        {
            if (parameters[window] * 1000 >= windowMsMin) continue;
            culprit = window;
            error = $"must be at least 4 x (message delay + precision) = {windowMsMin} ms";
            return false;
        }
        return true;
    }
}
