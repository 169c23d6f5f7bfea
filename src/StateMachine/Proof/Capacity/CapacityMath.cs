using System;
using System.Buffers.Binary;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Proof.Capacity;

/// <summary>What a nonce must be to prove a unit of capacity (marketplace.md 5.1).</summary>
public static class CapacityMath
{
    private const int UnitIdSize = Address.Size + 1 + 8;

    /// <summary>
    /// <c>SHA-256(seed ‖ unit id ‖ nonce)</c> is small enough, by its first 64 bits. The unit id is <c>provider ‖ class ‖ number</c>,
    /// so that no work serves two units or two providers.
    /// </summary>
    /// <param name="difficulty">Hashes that a nonce takes on average; above zero.</param>
    public static bool IsProof(
        in Hash256 seed, in Address provider, ResourceClass resource, ulong unit, ulong nonce, ulong difficulty)
    {
        Span<byte> id = stackalloc byte[UnitIdSize];
        provider.Span.CopyTo(id);
        id[Address.Size] = (byte)resource;
        BinaryPrimitives.WriteUInt64BigEndian(id[(Address.Size + 1)..], unit);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(number, nonce);
        Hash256 hash = Sha256.Hash(seed.Span, id, number);
        return BinaryPrimitives.ReadUInt64BigEndian(hash.Span) <= ulong.MaxValue / difficulty;
    }

    /// <summary>Proof units that an amount of a resource is, rounded up, as far as they are challenged.</summary>
    public static ulong UnitsOf(ulong total, ulong size)
    {
        ulong units = (total / size) + (total % size == 0 ? 0UL : 1UL);
        return Math.Min(units, CapacityLimits.UnitsPerClassMax);
    }
}
