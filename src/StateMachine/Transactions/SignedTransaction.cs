using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.StateMachine.Transactions;

/// <summary>
/// A transaction as it travels and stands in blocks: <c>[ body: bin, scheme, public_key: bin, signature: bin ]</c>. Decoding
/// checks form alone; whoever needs the signature checked calls <see cref="HasValidSignature"/> or batches
/// (<see cref="PublicKey"/>, <see cref="SignBytes"/>, <see cref="Signature"/>).
/// </summary>
public sealed class SignedTransaction
{
    /// <summary>Scheme 1 of keys; 2 (secp256k1) and 3 (P-256) are reserved.</summary>
    public const byte SchemeEd25519 = 1;

    private readonly ReadOnlyMemory<byte> _bodyBytes;

    private SignedTransaction(byte[] bytes, ReadOnlyMemory<byte> bodyBytes, TransactionBody body, PublicKey publicKey, Signature signature)
    {
        Bytes = bytes;
        _bodyBytes = bodyBytes;
        Body = body;
        PublicKey = publicKey;
        Signature = signature;
        Id = Sha256.Hash(bytes);
        Work = WorkOf(body, bytes.Length);
    }

    /// <summary>The raw transaction. Shared: do not change it.</summary>
    public byte[] Bytes { get; }

    public TransactionBody Body { get; }

    public PublicKey PublicKey { get; }

    public Signature Signature { get; }

    /// <summary>SHA-256 of <see cref="Bytes"/>.</summary>
    public Hash256 Id { get; }

    /// <summary>Work units, known before execution: bytes, and the weight of each message.</summary>
    public ulong Work { get; }

    /// <summary>The bytes that the signature covers.</summary>
    public byte[] SignBytes => TransactionBody.SignBytes(_bodyBytes.Span);

    /// <summary>True when <see cref="Signature"/> is the key's over <see cref="SignBytes"/>.</summary>
    /// <param name="verifier">Null verifies anew.</param>
    public bool HasValidSignature(ISignatureVerifier? verifier = null) =>
        (verifier ?? Ed25519Verifier.Instance).Verify(PublicKey, SignBytes, Signature);

    /// <summary>Signs a body.</summary>
    public static SignedTransaction Sign(TransactionBody body, PrivateKey key)
    {
        byte[] bodyBytes = body.Encode();
        return Create(body, bodyBytes, key.PublicKey, key.Sign(TransactionBody.SignBytes(bodyBytes)));
    }

    /// <summary>Puts together a body and a signature that was made elsewhere.</summary>
    public static SignedTransaction Create(TransactionBody body, in PublicKey publicKey, in Signature signature) =>
        Create(body, body.Encode(), publicKey, signature);

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out SignedTransaction transaction, out DecodeError error)
    {
        transaction = null!;
        MessagePackReader reader = new(bytes);
        reader.Array(4);
        ReadOnlySpan<byte> bodyBytes = reader.Bin(Limits.TransactionBytesMax);
        int bodyEnd = reader.Offset;
        if (reader.UInt8() != SchemeEd25519) reader.Fail(DecodeCode.Unknown);
        PublicKey publicKey = reader.PublicKey();
        Signature signature = reader.Signature();
        reader.EndArray();
        if (!reader.TryFinish(out error)) return false;
        if (!TransactionBody.TryDecode(bodyBytes, out TransactionBody body, out error))
        {
            error = new DecodeError(error.Code, bodyEnd - bodyBytes.Length + error.Offset);
            return false;
        }
        byte[] own = bytes.ToArray();
        ReadOnlyMemory<byte> ownBody = own.AsMemory(bodyEnd - bodyBytes.Length, bodyBytes.Length);
        transaction = new SignedTransaction(own, ownBody, body, publicKey, signature);
        return true;
    }

    private static SignedTransaction Create(
        TransactionBody body, byte[] bodyBytes, in PublicKey publicKey, in Signature signature)
    {
        byte[] bytes = new MessagePackWriter()
            .Array(4).Bin(bodyBytes).UInt(SchemeEd25519).Bin(publicKey).Bin(signature).ToArray();
        return new SignedTransaction(bytes, bodyBytes, body, publicKey, signature);
    }

    private static ulong WorkOf(TransactionBody body, int bytes)
    {
        ulong work = (ulong)bytes;
        foreach (Message message in body.Messages)
        {
            KindEntry? entry = KindTable.Find(message);
            Invariant.Holds(entry is not null, "a decoded message has a known kind");
            work += entry.Weight + (entry.ExtraWork?.Invoke(message) ?? 0);
        }
        return work;
    }
}
