using System;
using Chain.Primitives.Codec;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Market.Bids;

/// <summary>What a bidder offers beyond its rate.</summary>
/// <param name="Sla">At least what the order asks for.</param>
/// <param name="Gpu">The cards that it would give; with open parts the rules take the first that serve and are free.</param>
public sealed record BidPromise(SlaClass Sla, GpuKind Gpu)
{
    public static readonly BidPromise Plain = new(SlaClass.Standard, GpuKind.Any);

    public void Write(ref MessagePackWriter writer)
    {
        writer.Array(2).UInt((ulong)Sla);
        Gpu.Write(ref writer);
    }

    public static BidPromise Read(ref MessagePackReader reader)
    {
        reader.Array(2);
        BidPromise promise = new((SlaClass)reader.UInt8(), GpuKind.Read(ref reader));
        reader.EndArray();
        if (!Enum.IsDefined(promise.Sla)) reader.Fail(DecodeCode.OutOfRange);
        return promise;
    }
}
