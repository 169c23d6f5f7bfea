using System.Collections.Generic;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Proof.Probes;

/// <summary>What a prober says of one lease.</summary>
public readonly record struct LeaseProbe(ulong LeaseId, ulong Good, ulong Samples)
{
    /// <summary>Leases that one prober may report on in an epoch.</summary>
    public const int Max = 256;

    /// <summary>Samples that one prober may take of a lease in an epoch.</summary>
    public const ulong SamplesMax = 10_000;

    public static void WriteAll(ref MessagePackWriter writer, IReadOnlyList<LeaseProbe> probes)
    {
        writer.Array(probes.Count);
        foreach (LeaseProbe probe in probes) writer.Array(3).UInt(probe.LeaseId).UInt(probe.Good).UInt(probe.Samples);
    }

    /// <summary>Leases ascend, and each has at least one sample and no more good ones than samples.</summary>
    public static LeaseProbe[] ReadAll(ref MessagePackReader reader)
    {
        LeaseProbe[] probes = new LeaseProbe[reader.ArrayHeader(Max)];
        for (int i = 0; i < probes.Length && reader.IsOk; i++)
        {
            reader.Array(3);
            probes[i] = new LeaseProbe(reader.UInt(), reader.UInt(), reader.UInt(SamplesMax));
            reader.EndArray();
            bool ascends = i == 0 || probes[i - 1].LeaseId < probes[i].LeaseId;
            if (!ascends || probes[i].Samples == 0 || probes[i].Good > probes[i].Samples) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        return probes;
    }
}
