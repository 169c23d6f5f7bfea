namespace Chain.Simulator.Network;

/// <summary>The shapes in which a network falls apart.</summary>
internal enum PartitionShape
{
    /// <summary>Two equal sides.</summary>
    Halves,

    /// <summary>Two sides of any sizes.</summary>
    Split,

    /// <summary>One node alone.</summary>
    Isolated,

    /// <summary>One node hears nothing, and is heard.</summary>
    Deaf,

    /// <summary>One node is not heard, and hears.</summary>
    Mute,

    /// <summary>One side hears the other, which does not hear it.</summary>
    OneWay,

    /// <summary>Two sides that know each other through one node alone.</summary>
    Bridge,

    /// <summary>Each node hears its two neighbours.</summary>
    Ring,

    /// <summary>Nobody hears anybody.</summary>
    Dust,
}
