using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Chain.Primitives;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Proofs;

/// <summary>Protobuf of <c>cosmos.ics23.v1</c>: field numbers as in its <c>proofs.proto</c>.</summary>
internal static class ProofCodec
{
    private const int Varint = 0;
    private const int Delimited = 2;

    public static byte[] Encode(CommitmentProof proof)
    {
        ProtoWriter writer = new();
        if (proof.Exist is { } exist) writer.Message(1, Encode(exist));
        if (proof.NonExist is { } nonExist) writer.Message(2, Encode(nonExist));
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out CommitmentProof? proof)
    {
        proof = null;
        if (bytes.Length > Limits.ProofBytesMax) return false;
        ProtoReader reader = new(bytes);
        while (reader.Next())
        {
            if (proof is not null || reader.WireType != Delimited) return false;
            if (reader.Field == 1 && TryExistence(reader.Bytes, out ExistenceProof? exist)) proof = CommitmentProof.Of(exist);
            else if (reader.Field == 2 && TryAbsence(reader.Bytes, out NonExistenceProof? absence)) proof = CommitmentProof.Of(absence);
            else return false;
        }
        return reader.IsOk && proof is not null;
    }

    private static byte[] Encode(ExistenceProof proof)
    {
        ProtoWriter writer = new();
        writer.Bytes(1, proof.Key).Bytes(2, proof.Value);
        if (proof.Leaf is { } leaf)
        {
            ProtoWriter op = new();
            op.Varint(1, (int)leaf.Hash).Varint(2, (int)leaf.PrehashKey).Varint(3, (int)leaf.PrehashValue);
            writer.Message(3, op.Varint(4, (int)leaf.Length).Bytes(5, leaf.Prefix).Written);
        }
        foreach (InnerOp inner in proof.Path)
        {
            writer.Message(4, new ProtoWriter().Varint(1, (int)inner.Hash).Bytes(2, inner.Prefix).Bytes(3, inner.Suffix).Written);
        }
        return writer.ToArray();
    }

    private static byte[] Encode(NonExistenceProof proof)
    {
        ProtoWriter writer = new();
        writer.Bytes(1, proof.Key);
        if (proof.Left is { } left) writer.Message(2, Encode(left));
        if (proof.Right is { } right) writer.Message(3, Encode(right));
        return writer.ToArray();
    }

    private static bool TryExistence(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ExistenceProof? proof)
    {
        proof = null;
        byte[] key = [];
        byte[] value = [];
        LeafOp? leaf = null;
        List<InnerOp> path = [];
        Once once = default;
        ProtoReader reader = new(bytes);
        while (reader.Next())
        {
            if (reader.WireType != Delimited || (reader.Field != 4 && !once.Take(reader.Field))) return false;
            switch (reader.Field)
            {
                case 1: key = reader.Bytes.ToArray(); break;
                case 2: value = reader.Bytes.ToArray(); break;
                case 3 when TryLeaf(reader.Bytes, out leaf): break;
                case 4 when path.Count < Limits.ProofPathMax && TryInner(reader.Bytes, out InnerOp? inner): path.Add(inner); break;
                default: return false;
            }
        }
        if (!reader.IsOk) return false;
        proof = new ExistenceProof(key, value, leaf, [.. path]);
        return true;
    }

    private static bool TryAbsence(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out NonExistenceProof? proof)
    {
        proof = null;
        byte[] key = [];
        ExistenceProof? left = null;
        ExistenceProof? right = null;
        Once once = default;
        ProtoReader reader = new(bytes);
        while (reader.Next())
        {
            if (reader.WireType != Delimited || !once.Take(reader.Field)) return false;
            switch (reader.Field)
            {
                case 1: key = reader.Bytes.ToArray(); break;
                case 2 when TryExistence(reader.Bytes, out left): break;
                case 3 when TryExistence(reader.Bytes, out right): break;
                default: return false;
            }
        }
        if (!reader.IsOk) return false;
        proof = new NonExistenceProof(key, left, right);
        return true;
    }

    private static bool TryLeaf(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out LeafOp? leaf)
    {
        leaf = null;
        Span<int> numbers = stackalloc int[5];
        byte[] prefix = [];
        Once once = default;
        ProtoReader reader = new(bytes);
        while (reader.Next())
        {
            if (reader.Field > 5 || !once.Take(reader.Field)) return false;
            if (reader.Field == 5 && reader.WireType == Delimited) prefix = reader.Bytes.ToArray();
            else if (reader.Field == 5 || !TryNumber(reader, out numbers[reader.Field])) return false;
        }
        if (!reader.IsOk) return false;
        leaf = new LeafOp((HashOp)numbers[1], (HashOp)numbers[2], (HashOp)numbers[3], (LengthOp)numbers[4], prefix);
        return true;
    }

    private static bool TryInner(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out InnerOp? inner)
    {
        inner = null;
        int hash = 0;
        byte[] prefix = [];
        byte[] suffix = [];
        Once once = default;
        ProtoReader reader = new(bytes);
        while (reader.Next())
        {
            if (!once.Take(reader.Field)) return false;
            switch (reader.Field)
            {
                case 1 when TryNumber(reader, out hash): break;
                case 2 when reader.WireType == Delimited: prefix = reader.Bytes.ToArray(); break;
                case 3 when reader.WireType == Delimited: suffix = reader.Bytes.ToArray(); break;
                default: return false;
            }
        }
        if (!reader.IsOk) return false;
        inner = new InnerOp((HashOp)hash, prefix, suffix);
        return true;
    }

    /// <summary>An enumeration's number. Which numbers mean something is the verifier's business.</summary>
    private static bool TryNumber(in ProtoReader reader, out int number)
    {
        bool fits = reader.WireType == Varint && reader.Number < 128;
        number = fits ? (int)reader.Number : 0;
        return fits;
    }

    /// <summary>Refuses a field that comes twice: protobuf would merge it, and two readers might then disagree.</summary>
    private struct Once
    {
        private ulong _seen;

        public bool Take(int field)
        {
            if (field >= 64 || (_seen & (1UL << field)) != 0) return false;
            _seen |= 1UL << field;
            return true;
        }
    }
}
