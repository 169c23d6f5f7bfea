using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Proof.Probes;

/// <summary>One epoch of probing.</summary>
/// <param name="Number">Time divided by the length of an epoch.</param>
/// <param name="Seconds">That length, as it was when the epoch began.</param>
/// <param name="DrawRound">The beacon's round that draws it.</param>
/// <param name="Seed">Zero before it is drawn.</param>
/// <param name="Judged">Leases with enough reports to judge.</param>
/// <param name="Bad">Those of them below the target.</param>
/// <param name="Probers">By address ascending.</param>
public sealed record ProbeEpoch(
    ulong Number, ulong Seconds, ulong DrawRound, Hash256 Seed, ulong Judged, ulong Bad, IReadOnlyList<DrawnProber> Probers)
{
    /// <summary>Probers that an epoch's record keeps; those with the least stake are left out.</summary>
    public const int ProbersMax = 64;

    /// <summary>Judged leases below which a bad share says nothing of the network.</summary>
    private const ulong OutageLeasesMin = 10;

    private const int CodecVersion = 1;

    public ulong Begins => Number * Seconds;

    public ulong Ends => Begins + Seconds;

    /// <summary>From here on reports are revealed, and no longer committed to.</summary>
    public ulong RevealsFrom => Ends - (Seconds / 4);

    /// <summary>So many leases failed that it was the network's fault and not their providers'.</summary>
    public bool IsVoid(Parameters parameters) =>
        Judged >= OutageLeasesMin && (UInt128)Bad * LeaseMath.BasisPoints > (UInt128)parameters.EpochVoidBps * Judged;

    /// <summary>Who probes a lease in this epoch, nobody when it is not sampled; never a party of the lease.</summary>
    public List<Address> DrawnFor(ulong leaseId, in Address tenant, in Address provider, Parameters parameters)
    {
        if (Seed.IsZero) return [];
        byte[] id = Schema.Key(0, leaseId);
        bool isSampled = DrawMath.Number(DrawMath.Seed(Seed, "sample"u8, id), 0, LeaseMath.BasisPoints) < parameters.ProbeBps;
        if (!isSampled) return [];
        List<ulong> weights = [];
        foreach (DrawnProber prober in Probers)
        {
            bool isParty = prober.Address == tenant || prober.Address == provider;
            weights.Add(isParty ? 0 : prober.Weight);
        }
        List<Address> drawn = [];
        foreach (int place in DrawMath.Weighted(DrawMath.Seed(Seed, "probers"u8, id), weights, (int)parameters.ProbersPerLease))
        {
            drawn.Add(Probers[place].Address);
        }
        return drawn;
    }

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(8).UInt(CodecVersion).UInt(Number).UInt(Seconds).UInt(DrawRound).Bin(Seed).UInt(Judged).UInt(Bad);
        writer.Array(Probers.Count);
        foreach (DrawnProber prober in Probers) writer.Array(2).Bin(prober.Address).UInt(prober.Weight);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out ProbeEpoch epoch, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(8);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        ulong number = reader.UInt();
        ulong seconds = reader.UInt();
        ulong round = reader.UInt();
        Hash256 seed = reader.Hash256();
        ulong judged = reader.UInt();
        ulong bad = reader.UInt();
        DrawnProber[] probers = new DrawnProber[reader.ArrayHeader(ProbersMax)];
        for (int i = 0; i < probers.Length && reader.IsOk; i++)
        {
            reader.Array(2);
            probers[i] = new DrawnProber(reader.Address(), reader.UInt());
            reader.EndArray();
        }
        reader.EndArray();
        reader.EndArray();
        epoch = new ProbeEpoch(number, seconds, round, seed, judged, bad, probers);
        return reader.TryFinish(out error);
    }
}
