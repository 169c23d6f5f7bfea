namespace Chain.Simulator.Faults;

/// <summary>Faults that the simulator can put into every correct node, to see that it would notice them.</summary>
internal enum PlantedFault
{
    None = 0,

    /// <summary>Core and guard forget what they locked on (L23, L29).</summary>
    NoLockRule,

    /// <summary>A restart finds no guard.</summary>
    NoSignGuard,

    /// <summary>A proposal with an older polka never gets a prevote (L28).</summary>
    NoOlderPolka,

    /// <summary>Precommits of earlier rounds do not decide (L49).</summary>
    NoOlderCommit,

    /// <summary>Sync of the log returns before anything is on the disk.</summary>
    NoSync,

    /// <summary>A precommit leaves before the block is in the log.</summary>
    NoBlock,

    /// <summary>A vote that comes a second time counts a second time.</summary>
    CountsTwice,
}
