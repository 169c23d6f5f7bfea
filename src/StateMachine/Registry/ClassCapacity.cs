namespace Chain.StateMachine.Registry;

/// <summary>What a provider has of one resource class, in units: <c>Reserved</c> for live bids, <c>Leased</c> to tenants.</summary>
public readonly record struct ClassCapacity(ResourceClass Class, ulong Total, ulong Reserved = 0, ulong Leased = 0)
{
    private readonly GpuKind? _gpu;

    /// <summary>Which cards; there is one entry for each kind that a provider has.</summary>
    public GpuKind Gpu
    {
        get => _gpu ?? GpuKind.Any;
        init => _gpu = value == GpuKind.Any ? null : value;
    }

    /// <summary>Units that a new bid may promise.</summary>
    public ulong Free => Total - Reserved - Leased;

    /// <summary>Of graphics processors.</summary>
    public static ClassCapacity OfGpu(GpuKind kind, ulong total) => new(ResourceClass.Gpu, total) { Gpu = kind };

    /// <summary>True when this is the entry for these units of a lease.</summary>
    public bool Holds(ResourceVector units) =>
        units.Of(Class) > 0 && (Class != ResourceClass.Gpu || Gpu == units.Gpu);

    /// <summary>Order of a provider's list: by class, cards by their kind.</summary>
    public int CompareTo(ClassCapacity other) =>
        Class != other.Class ? (int)Class - (int)other.Class : Gpu.CompareTo(other.Gpu);
}
