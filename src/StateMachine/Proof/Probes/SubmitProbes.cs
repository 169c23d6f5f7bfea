using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Proof.Probes;

/// <summary>A prober commits to what it measured, or reveals it.</summary>
/// <param name="Hash">Committing: as <see cref="ProbeBook.Commit"/> makes it. Revealing: the salt.</param>
/// <param name="Probes">Revealing: by lease ascending. Committing: empty.</param>
public sealed record SubmitProbes(ulong Epoch, Hash256 Hash, IReadOnlyList<LeaseProbe> Probes) : Message
{
    public const int FieldCount = 3;

    /// <summary>A commitment reveals nothing, not even how much there is to reveal.</summary>
    public bool IsCommit => Probes.Count == 0;

    public override MessageKind Kind => MessageKind.Probe;

    public override void WriteFields(ref MessagePackWriter writer)
    {
        writer.UInt(Epoch).Bin(Hash);
        LeaseProbe.WriteAll(ref writer, Probes);
    }

    public static Message Read(ref MessagePackReader reader) =>
        new SubmitProbes(reader.UInt(), reader.Hash256(), LeaseProbe.ReadAll(ref reader));
}
