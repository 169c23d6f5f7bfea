namespace Chain.Consensus.Light;

/// <summary>What verifying a header gave.</summary>
/// <param name="Commit">Says more where <see cref="Code"/> is <see cref="LightCode.InvalidCommit"/>; else valid.</param>
public readonly record struct LightVerdict(LightCode Code, CommitVerdict Commit = CommitVerdict.Valid)
{
    public bool IsValid => Code == LightCode.Valid;

    public static implicit operator LightVerdict(LightCode code) => new(code);

    public override string ToString() => Code == LightCode.InvalidCommit ? $"{Code} ({Commit})" : Code.ToString();
}
