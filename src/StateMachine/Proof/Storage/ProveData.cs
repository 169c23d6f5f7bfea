using System.Collections.Generic;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Proof.Storage;

/// <summary>Version 2: the provider opens the leaves that the challenge asks for, in its order.</summary>
public sealed record ProveData(ulong LeaseId, IReadOnlyList<StorageProof> Proofs) : Message
{
    public const byte KindVersion = 2;
    public const int FieldCount = 2;

    /// <summary>Leaves that one message opens.</summary>
    public const int ProofsMax = 32;

    public override MessageKind Kind => MessageKind.Prove;

    public override byte Version => KindVersion;

    public override void WriteFields(ref MessagePackWriter writer)
    {
        writer.UInt(LeaseId).Array(Proofs.Count);
        foreach (StorageProof proof in Proofs) proof.Write(ref writer);
    }

    public static Message Read(ref MessagePackReader reader)
    {
        ulong lease = reader.UInt();
        StorageProof[] proofs = new StorageProof[reader.ArrayHeader(ProofsMax)];
        for (int i = 0; i < proofs.Length && reader.IsOk; i++) proofs[i] = StorageProof.Read(ref reader);
        reader.EndArray();
        return new ProveData(lease, proofs);
    }
}
