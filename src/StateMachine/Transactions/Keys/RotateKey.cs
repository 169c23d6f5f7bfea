using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.StateMachine.Transactions.Keys;

/// <summary>
/// Another key is to speak for the sender's account, whose address stays. The old key signs the transaction, the new one
/// <see cref="Proof"/>.
/// </summary>
/// <param name="Scheme">Of the new key, as in <see cref="SignedTransaction"/>.</param>
/// <param name="Proof">The new key's signature over <see cref="ProofBytes"/>.</param>
public sealed record RotateKey(byte Scheme, PublicKey NewKey, Signature Proof) : Message
{
    public const byte KindVersion = 2;
    public const int FieldCount = 3;

    public override MessageKind Kind => MessageKind.Grant;

    public override byte Version => KindVersion;

    /// <summary>What the new key signs: the account, and from which key it takes over, on this chain alone.</summary>
    public static byte[] ProofBytes(string chainId, in Address account, in PublicKey oldKey, in PublicKey newKey) =>
    [
        .. SignDomains.KeyRotation,
        .. new MessagePackWriter().Array(4).Str(chainId).Bin(account).Bin(oldKey).Bin(newKey).Written,
    ];

    public static RotateKey Sign(string chainId, in Address account, in PublicKey oldKey, PrivateKey newKey) => new(
        SignedTransaction.SchemeEd25519,
        newKey.PublicKey,
        newKey.Sign(ProofBytes(chainId, account, oldKey, newKey.PublicKey)));

    public override void WriteFields(ref MessagePackWriter writer) => writer.UInt(Scheme).Bin(NewKey).Bin(Proof);

    public static Message Read(ref MessagePackReader reader)
    {
        byte scheme = reader.UInt8();
        if (scheme != SignedTransaction.SchemeEd25519) reader.Fail(DecodeCode.Unknown);
        return new RotateKey(scheme, reader.PublicKey(), reader.Signature());
    }
}
