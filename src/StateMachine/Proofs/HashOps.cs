using System;
using System.Security.Cryptography;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.StateMachine.Proofs;

/// <summary>How ICS-23 operations turn bytes into hashes.</summary>
internal static class HashOps
{
    /// <summary>False for the operations that this verifier does not know; "no hash" is none of them here.</summary>
    public static bool TryHash(HashOp op, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, out byte[] hash)
    {
        switch (op)
        {
            case HashOp.Sha256:
                hash = Sha256.Hash(first, second, third).ToArray();
                return true;
            case HashOp.Sha512:
                hash = SHA512.HashData([.. first, .. second, .. third]);
                return true;
            default:
                hash = [];
                return false;
        }
    }

    /// <summary>Hash of a leaf, or why there is none.</summary>
    public static ProofVerdict Leaf(LeafOp op, byte[] key, byte[] value, out byte[] hash)
    {
        hash = [];
        if (key.Length == 0 || value.Length == 0) return ProofVerdict.EmptyInput;
        if (!TryPrepare(op.PrehashKey, op.Length, key, out byte[] preparedKey)
            || !TryPrepare(op.PrehashValue, op.Length, value, out byte[] preparedValue)
            || !TryHash(op.Hash, op.Prefix, preparedKey, preparedValue, out hash))
        {
            return ProofVerdict.UnsupportedOperation;
        }
        return ProofVerdict.Valid;
    }

    /// <summary>Hash of an inner node, or why there is none.</summary>
    public static ProofVerdict Inner(InnerOp op, byte[] child, out byte[] hash)
    {
        hash = [];
        if (child.Length == 0) return ProofVerdict.EmptyInput;
        return TryHash(op.Hash, op.Prefix, child, op.Suffix, out hash) ? ProofVerdict.Valid : ProofVerdict.UnsupportedOperation;
    }

    private static bool TryPrepare(HashOp hash, LengthOp length, byte[] data, out byte[] prepared)
    {
        prepared = data;
        if (hash != HashOp.NoHash && !TryHash(hash, data, default, default, out prepared)) return false;
        return TryMarkLength(length, prepared, out prepared);
    }

    private static bool TryMarkLength(LengthOp op, byte[] data, out byte[] marked)
    {
        marked = data;
        switch (op)
        {
            case LengthOp.NoPrefix: return true;
            case LengthOp.Require32Bytes: return data.Length == 32;
            case LengthOp.Require64Bytes: return data.Length == 64;
            case LengthOp.VarProto:
                marked = new ProtoWriter().RawVarint((ulong)data.Length).Raw(data).ToArray();
                return true;
            case LengthOp.Fixed32Big: marked = Prefixed(data, size: 4, bigEndian: true); return true;
            case LengthOp.Fixed32Little: marked = Prefixed(data, size: 4, bigEndian: false); return true;
            case LengthOp.Fixed64Big: marked = Prefixed(data, size: 8, bigEndian: true); return true;
            case LengthOp.Fixed64Little: marked = Prefixed(data, size: 8, bigEndian: false); return true;
            default: return false;
        }
    }

    private static byte[] Prefixed(byte[] data, int size, bool bigEndian)
    {
        byte[] marked = new byte[size + data.Length];
        for (int i = 0; i < sizeof(int); i++) marked[bigEndian ? size - 1 - i : i] = (byte)((data.Length >> (8 * i)) & 0xff);
        data.CopyTo(marked, size);
        return marked;
    }
}
