using Chain.Primitives.Codec;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Market.Amendments;

/// <summary>The terms of a running lease that both sides together may change.</summary>
/// <param name="Resources">With open cards, those that the lease has stay if they serve.</param>
/// <param name="RatePerSecond">ncredit.</param>
/// <param name="MinTermSeconds">Counted from the lease's start.</param>
public sealed record AmendedTerms(ResourceVector Resources, ulong RatePerSecond, ulong MinTermSeconds)
{
    /// <summary>Values that <see cref="Write"/> writes.</summary>
    public const int FieldCount = 3;

    public void Write(ref MessagePackWriter writer)
    {
        Resources.Write(ref writer);
        writer.UInt(RatePerSecond).UInt(MinTermSeconds);
    }

    public static AmendedTerms Read(ref MessagePackReader reader) =>
        new(ResourceVector.Read(ref reader), reader.UInt(), reader.UInt());
}
