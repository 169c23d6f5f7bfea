using System;
using Chain.Primitives;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Market.Prices;

/// <summary>
/// The curve price of each resource class, ncredit per second for 1000 units (marketplace.md 5.1). It follows the use of the class, one
/// step an epoch. Use changes only at the end of a block, where the steps before it are written down; whoever asks in
/// between computes the same steps.
/// </summary>
/// <param name="NextStep">When the next step is due.</param>
public sealed record PriceBook(MarketTime NextStep, ulong Cpu, ulong Memory, ulong Storage, ulong Gpu)
{
    /// <summary>Steps that are made up for at once; after a longer rest prices stand where so many have brought them.</summary>
    public const int StepsMax = 1000;

    private const int CodecVersion = 1;
    private const ulong UnitsPerPrice = 1000;

    public ulong Of(ResourceClass resource) => resource switch
    {
        ResourceClass.CpuMilli => Cpu,
        ResourceClass.MemoryMib => Memory,
        ResourceClass.StorageGib => Storage,
        _ => Gpu,
    };

    /// <summary>What units cost, ncredit per second rounded up, at a share of the curve's price.</summary>
    /// <param name="curveBps">At most <see cref="MarketLimits.CurveBpsMax"/>.</param>
    public ulong RateOf(ResourceVector units, ulong curveBps)
    {
        UInt128 sum = 0;
        for (ResourceClass resource = ResourceClass.CpuMilli; resource <= ResourceClass.Gpu; resource++)
        {
            sum += (UInt128)units.Of(resource) * Of(resource);
        }
        UInt128 parts = UnitsPerPrice * 10_000;
        UInt128 rate = ((sum * curveBps) + parts - 1) / parts;
        return (ulong)UInt128.Min(rate, ulong.MaxValue);
    }

    /// <summary>The prices at a time, of the state as it is at the beginning of a block.</summary>
    public static PriceBook At(IStateReader state, MarketTime now, Parameters parameters)
    {
        PriceBook? stored = Load(state);
        RegistryTotals totals = RegistryTotals.Load(state);
        PriceBook book = stored ?? new PriceBook(EpochAfter(now, parameters), 0, 0, 0, 0);
        ulong steps = now < book.NextStep ? 0 : 1 + ((now.Seconds - book.NextStep.Seconds) / parameters.EpochSeconds);
        return new PriceBook(
            steps == 0 ? book.NextStep : EpochAfter(now, parameters),
            Moved(book.Cpu, totals.Of(ResourceClass.CpuMilli), steps, parameters, parameters.PriceCpuMin, parameters.PriceCpuMax),
            Moved(book.Memory, totals.Of(ResourceClass.MemoryMib), steps, parameters, parameters.PriceMemoryMin, parameters.PriceMemoryMax),
            Moved(book.Storage, totals.Of(ResourceClass.StorageGib), steps, parameters, parameters.PriceStorageMin, parameters.PriceStorageMax),
            Moved(book.Gpu, totals.Of(ResourceClass.Gpu), steps, parameters, parameters.PriceGpuMin, parameters.PriceGpuMax));
    }

    public static PriceBook? Load(IStateReader state)
    {
        byte[]? bytes = state.Get(StoreId.Market, Schema.Key(MarketSchema.PriceBook));
        if (bytes is null) return null;
        bool isCanonical = TryDecode(bytes, out PriceBook book, out _);
        Invariant.Holds(isCanonical, "the stored prices are canonical");
        return book;
    }

    public void Store(StateOverlay state) => state.Put(StoreId.Market, Schema.Key(MarketSchema.PriceBook), Encode());

    public byte[] Encode() => new MessagePackWriter().Array(6).UInt(CodecVersion)
        .UInt(NextStep.Seconds).UInt(Cpu).UInt(Memory).UInt(Storage).UInt(Gpu).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out PriceBook book, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(6);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        book = new PriceBook(new MarketTime(reader.UInt()), reader.UInt(), reader.UInt(), reader.UInt(), reader.UInt());
        reader.EndArray();
        return reader.TryFinish(out error);
    }

    private static MarketTime EpochAfter(MarketTime now, Parameters parameters) =>
        Settlement.LeaseMath.NextEpoch(now, parameters.EpochSeconds);

    private static ulong Moved(ulong price, ClassUse use, ulong steps, Parameters parameters, ulong min, ulong max)
    {
        ulong moved = Math.Clamp(price, min, max);
        for (int i = 0; i < StepsMax && (ulong)i < steps; i++)
        {
            ulong next = Math.Clamp(PriceMath.Step(moved, use.UseBps, parameters), min, max);
            if (next == moved) break;
            moved = next;
        }
        return moved;
    }
}
