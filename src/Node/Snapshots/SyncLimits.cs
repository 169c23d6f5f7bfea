namespace Chain.Node.Snapshots;

/// <summary>Bounds of making, serving and fetching snapshots, with their units.</summary>
public static class SyncLimits
{
    /// <summary>Pairs of the state that one step adds to a snapshot: some milliseconds.</summary>
    public const int PairsPerStep = 512;

    /// <summary>Whole snapshots kept: whoever fetches the older one can finish while a new one is made.</summary>
    public const int SnapshotsKept = 2;

    /// <summary>Questions that one peer may owe an answer to.</summary>
    public const int AnswersPerPeerMax = 4;

    /// <summary>Milliseconds that a peer has for an answer.</summary>
    public const long AnswerMs = 5_000;

    /// <summary>Milliseconds without a right answer until another snapshot is tried.</summary>
    public const long StandstillMs = 20_000;

    /// <summary>Snapshots remembered as tried in vain. Count.</summary>
    public const int PassedMax = 64;

    /// <summary>Milliseconds between two questions to a peer for its snapshots.</summary>
    public const long OfferAgainMs = 2_000;

    /// <summary>Milliseconds after the first offer until one is chosen: others may have a newer one.</summary>
    public const long ChoiceMs = 500;
}
