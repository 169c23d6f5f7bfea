using System;
using System.Collections.Generic;
using Chain.Primitives.Codec;
using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Proof.Probes;

/// <summary>The revealed reports on one lease and epoch.</summary>
public sealed record ProbeSheet(IReadOnlyList<ProbeReport> Reports)
{
    /// <summary>As many probers as one lease can have.</summary>
    public const int ReportsMax = 15;

    private const int CodecVersion = 1;

    public static readonly ProbeSheet None = new([]);

    /// <summary>
    /// The lower median of the availabilities, basis points; null when too few have reported or measured too little to judge. One
    /// liar among three moves it no further than the nearer honest one.
    /// </summary>
    /// <param name="drawn">Probers that were drawn for the lease.</param>
    public ulong? JudgedBps(int drawn, Parameters parameters)
    {
        ulong samples = 0;
        List<ulong> found = [];
        foreach (ProbeReport report in Reports)
        {
            samples += report.Samples;
            found.Add(report.AvailabilityBps);
        }
        bool isEnough = found.Count * 2 > drawn && samples >= parameters.AvailabilityProbesMin;
        return isEnough ? Justice.Cases.CaseMath.LowerMedian(found) : null;
    }

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(2).UInt(CodecVersion).Array(Reports.Count);
        foreach (ProbeReport report in Reports) writer.Array(3).Bin(report.Prober).UInt(report.Good).UInt(report.Samples);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out ProbeSheet sheet, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        ProbeReport[] reports = new ProbeReport[reader.ArrayHeader(ReportsMax)];
        for (int i = 0; i < reports.Length && reader.IsOk; i++)
        {
            reader.Array(3);
            reports[i] = new ProbeReport(reader.Address(), reader.UInt(), reader.UInt());
            reader.EndArray();
            if (reports[i].Samples == 0 || reports[i].Good > reports[i].Samples) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        reader.EndArray();
        sheet = new ProbeSheet(reports);
        return reader.TryFinish(out error);
    }
}
