namespace Chain.Client.Light;

/// <summary>What became of one step of a verification.</summary>
public enum ProofStepState
{
    Passed,
    Failed,

    /// <summary>Left out, because the caller gave nothing to check against or an earlier step failed.</summary>
    NotChecked,
}
