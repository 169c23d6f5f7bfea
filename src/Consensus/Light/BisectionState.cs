namespace Chain.Consensus.Light;

/// <summary>Where a <see cref="Bisection"/> or a <see cref="WitnessCheck"/> stands.</summary>
public enum BisectionState : byte
{
    /// <summary>Wants a block.</summary>
    NeedsBlock,

    Verified,

    Failed,
}
