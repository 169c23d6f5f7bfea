using Chain.Primitives.Codec;

namespace Chain.StateMachine.Registry;

/// <summary>What one lease takes: units of every class at once.</summary>
/// <param name="CpuMilli">Thousandths of a processor core.</param>
/// <param name="Gpus">Whole cards.</param>
public sealed record ResourceVector(ulong CpuMilli, ulong MemoryMib = 0, ulong StorageGib = 0, ulong Gpus = 0)
{
    /// <summary>Which cards; open parts in a request, named in a bid, an offer and a lease.</summary>
    public GpuKind Gpu { get; init; } = GpuKind.Any;

    public static readonly ResourceVector None = new(0);

    public bool IsEmpty => CpuMilli == 0 && MemoryMib == 0 && StorageGib == 0 && Gpus == 0;

    /// <summary>Units of one class.</summary>
    public ulong Of(ResourceClass resource) => resource switch
    {
        ResourceClass.CpuMilli => CpuMilli,
        ResourceClass.MemoryMib => MemoryMib,
        ResourceClass.StorageGib => StorageGib,
        _ => Gpus,
    };

    /// <summary>True when no class has more units than that.</summary>
    public bool IsWithin(ulong unitsMax) =>
        CpuMilli <= unitsMax && MemoryMib <= unitsMax && StorageGib <= unitsMax && Gpus <= unitsMax;

    /// <summary>True when these units, with named cards, are what a request asks for, no more and no less.</summary>
    public bool Serves(ResourceVector wanted) =>
        CpuMilli == wanted.CpuMilli && MemoryMib == wanted.MemoryMib && StorageGib == wanted.StorageGib
        && Gpus == wanted.Gpus && (Gpus == 0 || Gpu.Serves(wanted.Gpu));

    public void Write(ref MessagePackWriter writer)
    {
        writer.Array(5).UInt(CpuMilli).UInt(MemoryMib).UInt(StorageGib).UInt(Gpus);
        Gpu.Write(ref writer);
    }

    /// <summary>Without cards nothing is said about them.</summary>
    public static ResourceVector Read(ref MessagePackReader reader)
    {
        reader.Array(5);
        ResourceVector vector = new(reader.UInt(), reader.UInt(), reader.UInt(), reader.UInt()) { Gpu = GpuKind.Read(ref reader) };
        reader.EndArray();
        if (vector.Gpus == 0 && vector.Gpu != GpuKind.Any) reader.Fail(DecodeCode.OutOfRange);
        return vector;
    }
}
