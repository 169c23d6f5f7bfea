using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using PublicKey = Chain.Primitives.Crypto.PublicKey;

namespace Chain.Networking.Tls;

/// <summary>
/// The critical certificate extension that binds a node key to a certificate, as libp2p's TLS does: [version, node public key,
/// signature], canonical MessagePack. The node key signs the certificate's SubjectPublicKeyInfo; TLS proves the rest.
/// </summary>
internal sealed record NodeIdentity(PublicKey NodeKey, Signature Signature)
{
    /// <summary>Made from a random UUID, as ITU-T X.667 allows anyone to.</summary>
    public const string ExtensionOid = "2.25.204839514420157183948370226145861903127";

    private const ulong Version = 1;

    public static NodeIdentity Sign(PrivateKey nodeKey, ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        new(nodeKey.PublicKey, nodeKey.Sign(SignedBytes(subjectPublicKeyInfo)));

    public byte[] Encode() => new MessagePackWriter().Array(3).UInt(Version).Bin(NodeKey).Bin(Signature).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out NodeIdentity? identity, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(3);
        if (reader.UInt() != Version && reader.IsOk) reader.Fail(DecodeCode.Unknown);
        identity = new NodeIdentity(reader.PublicKey(), reader.Signature());
        reader.EndArray();
        if (reader.TryFinish(out error)) return true;
        identity = null;
        return false;
    }

    /// <summary>
    /// Judges a peer's certificate: true with the proven node key, or why not. Names, dates and issuer do not matter; the
    /// expiry of a certificate must never take a network down. Never throws on any certificate.
    /// </summary>
    public static bool TryProve(X509Certificate? certificate, out PublicKey nodeKey, out string whyNot)
    {
        nodeKey = default;
        if (certificate is not X509Certificate2 shown)
        {
            whyNot = "the peer showed no certificate";
            return false;
        }
        try
        {
            return TryProve(shown, out nodeKey, out whyNot);
        }
        catch (CryptographicException fault)
        {
            whyNot = "the peer's certificate cannot be read: " + fault.Message;
            return false;
        }
    }

    private static bool TryProve(X509Certificate2 certificate, out PublicKey nodeKey, out string whyNot)
    {
        nodeKey = default;
        if (certificate.RawDataMemory.Length > NetworkLimits.CertificateBytesMax)
        {
            whyNot = $"the peer's certificate has more than {NetworkLimits.CertificateBytesMax} bytes";
            return false;
        }
        X509Extension? found = null;
        foreach (X509Extension extension in certificate.Extensions)
        {
            if (extension.Oid?.Value != ExtensionOid) continue;
            if (found is not null || !extension.Critical)
            {
                whyNot = "the node key's extension is repeated or not critical";
                return false;
            }
            found = extension;
        }
        if (found is null)
        {
            whyNot = "the peer's certificate carries no node key";
            return false;
        }
        if (!TryDecode(found.RawData, out NodeIdentity? identity, out DecodeError error))
        {
            whyNot = $"the node key's extension is malformed: {error}";
            return false;
        }
        byte[] signed = SignedBytes(certificate.PublicKey.ExportSubjectPublicKeyInfo());
        if (!Ed25519.IsValidKey(identity!.NodeKey) || !Ed25519.Verify(identity.NodeKey, signed, identity.Signature))
        {
            whyNot = "the node key did not sign the peer's certificate";
            return false;
        }
        nodeKey = identity.NodeKey;
        whyNot = "";
        return true;
    }

    private static byte[] SignedBytes(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        [.. SignDomains.NodeCertificate, .. subjectPublicKeyInfo];
}
