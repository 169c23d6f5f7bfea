namespace Chain.StateMachine.Proof.Tasks;

/// <summary>Where a task stands (marketplace.md 5.2; enrolling stands for matching).</summary>
public enum TaskState : byte
{
    /// <summary>Providers put themselves forward, each with its stake.</summary>
    Enrol = 1,

    /// <summary>Workers are being drawn from those who enrolled.</summary>
    Drawing = 2,

    /// <summary>Workers commit to results.</summary>
    Commit = 3,

    /// <summary>Workers reveal them.</summary>
    Reveal = 4,

    /// <summary>A result is trusted enough, and its workers are paid. Terminal.</summary>
    Done = 5,

    /// <summary>No result was; the requester has its money back. Terminal.</summary>
    Failed = 6,

    /// <summary>A lone worker has committed itself, and the beacon says whether others do the work as well.</summary>
    Checking = 7,
}
