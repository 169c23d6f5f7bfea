using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Chain.Primitives.Crypto;

namespace Chain.Networking.Tls;

/// <summary>Makes the self-signed P-256 certificate that a node shows, anew at each start.</summary>
internal static class NodeCertificate
{
    public static X509Certificate2 Create(PrivateKey nodeKey)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        NodeIdentity identity = NodeIdentity.Sign(nodeKey, key.ExportSubjectPublicKeyInfo());
        CertificateRequest request = new("CN=chain", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension(NodeIdentity.ExtensionOid, identity.Encode(), critical: true));
        return request.CreateSelfSigned(
            new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero));
    }
}
