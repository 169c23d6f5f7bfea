using Chain.Primitives.Codec;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Market.Leases;

/// <summary>
/// What both sides agreed to, and the chain parameters of that moment: a change of parameters never changes a running
/// lease, and so a timed move has the same outcome however late it runs. Only both sides together change units, rate and minimum
/// term of a lease that runs.
/// </summary>
/// <param name="RatePerSecond">ncredit.</param>
/// <param name="MinTermSeconds">A tenant that closes earlier pays the exit penalty.</param>
/// <param name="NoticeSeconds">What the provider must give before it leaves without a penalty.</param>
/// <param name="LockSeconds">Time that must stay paid when the tenant withdraws.</param>
/// <param name="GraceSeconds">How long the lease waits with an empty bucket.</param>
/// <param name="DisputeSeconds">From the close until the collateral is free.</param>
/// <param name="ReviewSeconds">From the close until reviews are published, whoever has written one.</param>
/// <param name="PruneSeconds">How long the record stays after both.</param>
/// <param name="EpochSeconds">Length of the service-level epochs that pay the provider.</param>
/// <param name="FeeBps">The market's share of what is earned.</param>
/// <param name="ExitBps">The share of the missing term that a tenant pays for leaving early.</param>
/// <param name="Sla">The availability class that the provider promised.</param>
/// <param name="TargetBps">What that class meant when the lease was made: below it the tenant is credited.</param>
public sealed record LeaseTerms(
    ResourceVector Resources,
    ulong RatePerSecond,
    ulong MinTermSeconds,
    ulong NoticeSeconds,
    ulong LockSeconds,
    ulong GraceSeconds,
    ulong DisputeSeconds,
    ulong ReviewSeconds,
    ulong PruneSeconds,
    ulong EpochSeconds,
    ulong FeeBps,
    ulong ExitBps,
    SlaClass Sla,
    ulong TargetBps)
{
    /// <summary>Values that <see cref="Write"/> writes.</summary>
    public const int FieldCount = 14;

    public void Write(ref MessagePackWriter writer)
    {
        Resources.Write(ref writer);
        writer.UInt(RatePerSecond).UInt(MinTermSeconds).UInt(NoticeSeconds).UInt(LockSeconds);
        writer.UInt(GraceSeconds).UInt(DisputeSeconds).UInt(ReviewSeconds).UInt(PruneSeconds).UInt(EpochSeconds).UInt(FeeBps).UInt(ExitBps);
        writer.UInt((ulong)Sla).UInt(TargetBps);
    }

    public static LeaseTerms Read(ref MessagePackReader reader) => new(
        ResourceVector.Read(ref reader),
        reader.UInt(),
        reader.UInt(),
        reader.UInt(),
        reader.UInt(),
        reader.UInt(),
        reader.UInt(),
        reader.UInt(),
        reader.UInt(),
        reader.UInt(),
        reader.UInt(),
        reader.UInt(),
        (SlaClass)reader.UInt8((byte)SlaClass.High),
        reader.UInt());
}
