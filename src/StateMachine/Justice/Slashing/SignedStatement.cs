using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;

namespace Chain.StateMachine.Justice.Slashing;

/// <summary>A statement with its signature, over its own domain: it can be no transaction and no vote.</summary>
/// <param name="Reference">What it is about.</param>
/// <param name="Epoch">Of which there is one statement.</param>
/// <param name="DataHash">What it says.</param>
public sealed record SignedStatement(StatementKind Kind, Hash256 Reference, ulong Epoch, Hash256 DataHash, Signature Signature)
{
    /// <summary>Values that <see cref="Write"/> writes.</summary>
    public const int FieldCount = 5;

    /// <summary>The bytes that the signature covers.</summary>
    public byte[] SignBytes(string chainId) =>
    [
        .. SignDomains.Statement,
        .. new MessagePackWriter().Array(5).Str(chainId).UInt((ulong)Kind).Bin(Reference).UInt(Epoch).Bin(DataHash).Written,
    ];

    public bool IsSignedBy(in PublicKey key, string chainId) => Ed25519.Verify(key, SignBytes(chainId), Signature);

    public void Write(ref MessagePackWriter writer) =>
        writer.UInt((ulong)Kind).Bin(Reference).UInt(Epoch).Bin(DataHash).Bin(Signature);

    public static SignedStatement Read(ref MessagePackReader reader)
    {
        StatementKind kind = (StatementKind)reader.UInt8((byte)StatementKind.Finding);
        if (kind == 0) reader.Fail(DecodeCode.OutOfRange);
        return new SignedStatement(kind, reader.Hash256(), reader.UInt(), reader.Hash256(), reader.Signature());
    }
}
