namespace Chain.StateMachine.Registry;

/// <summary>A kind of resource that is counted in whole units.</summary>
public enum ResourceClass : byte
{
    /// <summary>Thousandths of a processor core.</summary>
    CpuMilli = 1,

    /// <summary>Memory in MiB.</summary>
    MemoryMib = 2,

    /// <summary>Storage in GiB.</summary>
    StorageGib = 3,

    /// <summary>Whole graphics processors.</summary>
    Gpu = 4,
}
