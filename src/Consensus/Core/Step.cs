namespace Chain.Consensus.Core;

/// <summary>Where a height stands in its round (<c>step_p</c> of the paper), and <see cref="Decided"/> after it.</summary>
public enum Step : byte
{
    /// <summary>No height was started yet.</summary>
    Idle = 0,

    /// <summary>Waiting for work (round 0) or for the proposal.</summary>
    Propose = 1,

    /// <summary>Prevoted; waiting for a polka.</summary>
    Prevote = 2,

    /// <summary>Precommitted; waiting for a commit.</summary>
    Precommit = 3,

    /// <summary>Decided; late precommits of this height are still collected.</summary>
    Decided = 4,
}
