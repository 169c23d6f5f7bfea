namespace Chain.StateMachine.Proof.Storage;

/// <summary>Where a data set stands (marketplace.md 5.2).</summary>
public enum DataSetState : byte
{
    /// <summary>One side of the lease has named it; the other must name the same.</summary>
    Proposed = 1,

    /// <summary>Between two periods.</summary>
    Idle = 2,

    /// <summary>A challenge is being drawn.</summary>
    Drawing = 3,

    /// <summary>Challenged: the provider has its window to open the leaves.</summary>
    Open = 4,
}
