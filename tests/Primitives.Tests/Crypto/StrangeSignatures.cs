using System;
using System.Security.Cryptography;

namespace Chain.Primitives.Tests.Crypto;

/// <summary>
/// Draws (key, message, signature) on which verifiers differ: points of small and of mixed order, encodings that are not canonical,
/// scalars beyond the group order, and good signatures with a change.
/// </summary>
internal sealed class StrangeSignatures(Random random)
{
    private const int KeysMax = 64;

    /// <summary>The eight points of small order, and their encodings that are not canonical; the sign bit is drawn.</summary>
    private static readonly string[] SmallOrder =
    [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];

    /// <summary>The group order L, little-endian.</summary>
    private static readonly byte[] Order = Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

    private readonly (byte[] Scalar, byte[] Point)[] _keys = new (byte[], byte[])[KeysMax];

    /// <summary>The next case: 32 bytes of key, a message of 0 to 200 bytes, 64 bytes of signature.</summary>
    public (byte[] Key, byte[] Message, byte[] Signature) Next()
    {
        byte[] message = Bytes(random.Next(8) == 0 ? 0 : random.Next(1, 200));
        int shape = random.Next(10);
        return shape switch
        {
            0 => (Bytes(32), message, Bytes(64)),
            1 => Signed(message, keyTwist: null, nonceTwist: null),
            2 => Signed(message, SmallPoint(), null),
            3 => Signed(message, null, SmallPoint()),
            4 => Signed(message, SmallPoint(), SmallPoint()),
            5 => SmallKey(message),
            6 => BeyondOrder(message),
            7 => NotCanonical(message),
            _ => Changed(message),
        };
    }

    /// <summary>32 bytes that may be a point: small, mixed, good, or none.</summary>
    public byte[] Point() => random.Next(4) switch
    {
        0 => SmallPoint(),
        1 => Bytes(32),
        2 => Key().Point,
        _ => Sum(Key().Point, SmallPoint()),
    };

    /// <summary>R = rB + T', A = aB + T, S = r + H(R, A, M) a: the equation holds up to the small parts.</summary>
    private (byte[], byte[], byte[]) Signed(byte[] message, byte[]? keyTwist, byte[]? nonceTwist)
    {
        (byte[] scalar, byte[] point) = Key();
        byte[] nonce = Libsodium23.Reduce(Bytes(64));
        byte[] key = keyTwist is null ? point : Sum(point, keyTwist);
        byte[] commitment = Libsodium23.MultiplyBase(nonce);
        if (nonceTwist is not null) commitment = Sum(commitment, nonceTwist);
        byte[] challenge = Libsodium23.Reduce(SHA512.HashData([.. commitment, .. key, .. message]));
        return (key, message, [.. commitment, .. Libsodium23.MultiplyAdd(challenge, scalar, nonce)]);
    }

    /// <summary>A key of small order: S = r fits it whenever the challenge takes it to zero.</summary>
    private (byte[], byte[], byte[]) SmallKey(byte[] message)
    {
        byte[] nonce = random.Next(3) == 0 ? new byte[32] : Libsodium23.Reduce(Bytes(64));
        byte[] commitment = random.Next(2) == 0 ? SmallPoint() : Libsodium23.MultiplyBase(nonce);
        return (SmallPoint(), message, [.. commitment, .. nonce]);
    }

    /// <summary>S + L, while it fits: the same scalar in another form.</summary>
    private (byte[], byte[], byte[]) BeyondOrder(byte[] message)
    {
        (byte[] key, _, byte[] signature) = Signed(message, null, null);
        int carry = 0;
        for (int i = 0; i < Order.Length; i++)
        {
            carry += signature[32 + i] + Order[i];
            signature[32 + i] = (byte)(carry & 0xff);
            carry >>= 8;
        }
        if (random.Next(4) == 0) signature[63] |= 0xe0;
        return (key, message, signature);
    }

    /// <summary>Key or R with a y of p or more.</summary>
    private (byte[], byte[], byte[]) NotCanonical(byte[] message)
    {
        (byte[] key, _, byte[] signature) = Signed(message, null, null);
        byte[] high = new byte[32];
        Array.Fill(high, (byte)0xff);
        high[0] = (byte)random.Next(0xed, 0x100);
        if (random.Next(2) == 0) high[31] = 0x7f;
        if (random.Next(2) == 0) return (high, message, signature);
        high.CopyTo(signature, 0);
        return (key, message, signature);
    }

    private (byte[], byte[], byte[]) Changed(byte[] message)
    {
        (byte[] key, _, byte[] signature) = Signed(message, random.Next(3) == 0 ? SmallPoint() : null, null);
        byte[][] parts = message.Length == 0 ? [key, signature] : [key, message, signature];
        byte[] part = (byte[])parts[random.Next(parts.Length)].Clone();
        part[random.Next(part.Length)] ^= (byte)(1 << random.Next(8));
        if (part.Length == 32 && key.Length == 32 && random.Next(2) == 0) return (part, message, signature);
        return part.Length == 64 ? (key, message, part) : (key, part, signature);
    }

    private (byte[] Scalar, byte[] Point) Key()
    {
        int place = random.Next(KeysMax);
        if (_keys[place].Scalar is null)
        {
            byte[] scalar = Libsodium23.Reduce(Bytes(64));
            _keys[place] = (scalar, Libsodium23.MultiplyBase(scalar));
        }
        return _keys[place];
    }

    private static byte[] Sum(byte[] a, byte[] b) => Libsodium23.TryAdd(a, b, out byte[] sum) ? sum : b;

    private byte[] SmallPoint()
    {
        byte[] point = Convert.FromHexString(SmallOrder[random.Next(SmallOrder.Length)]);
        if (random.Next(2) == 0) point[31] ^= 0x80;
        return point;
    }

    private byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
