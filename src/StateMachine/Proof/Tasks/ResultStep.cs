namespace Chain.StateMachine.Proof.Tasks;

/// <summary>What a worker does. Numbers stand on the wire.</summary>
public enum ResultStep : byte
{
    /// <summary>Puts itself forward.</summary>
    Enrol = 1,

    /// <summary>Seals its result.</summary>
    Commit = 2,

    /// <summary>Says what it was.</summary>
    Reveal = 3,
}
