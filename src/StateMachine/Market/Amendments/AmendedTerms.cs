using Chain.Primitives.Codec;

namespace Chain.StateMachine.Market.Amendments;

/// <summary>The terms of a running lease that both sides together may change.</summary>
/// <param name="Units">Of the lease's resource class.</param>
/// <param name="RatePerSecond">ncredit.</param>
/// <param name="MinTermSeconds">Counted from the lease's start.</param>
public sealed record AmendedTerms(ulong Units, ulong RatePerSecond, ulong MinTermSeconds)
{
    /// <summary>Values that <see cref="Write"/> writes.</summary>
    public const int FieldCount = 3;

    public void Write(MessagePackWriter writer) => writer.UInt(Units).UInt(RatePerSecond).UInt(MinTermSeconds);

    public static AmendedTerms Read(ref MessagePackReader reader) => new(reader.UInt(), reader.UInt(), reader.UInt());
}
