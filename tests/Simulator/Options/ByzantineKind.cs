namespace Chain.Simulator.Options;

/// <summary>How a faulty validator behaves. It runs the production node; what leaves it is changed on the way out.</summary>
internal enum ByzantineKind
{
    /// <summary>Correct.</summary>
    None = 0,

    /// <summary>Signs a second vote or proposal for another block and tells half of the peers the one, half the other.</summary>
    Equivocates,

    /// <summary>Two whole nodes with the same validator key, each with a guard of its own.</summary>
    Twins,

    /// <summary>Says nothing of its own.</summary>
    Silent,

    /// <summary>Proposes blocks that are not valid.</summary>
    WrongProposals,

    /// <summary>Never proposes again what has a polka: always a block of its own, which only a lock can stop.</summary>
    FreshProposals,

    /// <summary>Tells some peers its votes, and others not.</summary>
    Withholds,

    /// <summary>Forgets log and guard in every crash, and crashes often.</summary>
    Amnesia,

    /// <summary>Sends garbage and damaged messages.</summary>
    Garbage,

    /// <summary>Votes nil for everything, then for everything, whatever it holds.</summary>
    Contrary,
}
