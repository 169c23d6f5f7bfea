namespace Chain.Consensus.Light;

/// <summary>How validators made two headers of one height (CometBFT <c>types/evidence.go</c>).</summary>
public enum ConflictKind : byte
{
    /// <summary>The headers differ in what only execution decides: whoever signed the false one made it up.</summary>
    Lunatic,

    /// <summary>Both were decided in one round: whoever signed both voted twice.</summary>
    Equivocation,

    /// <summary>Decided in different rounds: some forgot a lock; who did cannot be read off the commits.</summary>
    Amnesia,
}
