using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Proof.Probes;

/// <summary>What one prober found of one lease in one epoch.</summary>
/// <param name="Good">Samples that went well; at most <paramref name="Samples"/>.</param>
/// <param name="Samples">At least one.</param>
public readonly record struct ProbeReport(Address Prober, ulong Good, ulong Samples)
{
    public ulong AvailabilityBps => Good * 10_000 / Samples;
}
