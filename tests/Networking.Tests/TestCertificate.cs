using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Chain.Networking.Tls;
using Chain.Primitives.Crypto;

namespace Chain.Networking.Tests;

/// <summary>Certificates as a node would never make them.</summary>
internal static class TestCertificate
{
    private static readonly DateTimeOffset Past = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>An expired one with this extension, or none.</summary>
    public static X509Certificate2 SelfSigned(Func<byte[], X509Extension?> extensionOf)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request(key, extensionOf);
        return request.CreateSelfSigned(Past, Past.AddDays(1));
    }

    /// <summary>A good one, but issued by somebody unknown whose own certificate can be fetched, and revoked, at a URL.</summary>
    public static X509Certificate2 WithUrls(PrivateKey nodeKey, string url)
    {
        using ECDsa issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest issuerRequest = new("CN=issuer", issuerKey, HashAlgorithmName.SHA256);
        issuerRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 issuer = issuerRequest.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request(key, keyInfo => Extension(NodeIdentity.Sign(nodeKey, keyInfo).Encode()));
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([url + "ocsp"], [url + "issuer.cer"]));
        request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([url + "crl"]));
        using X509Certificate2 bare = request.Create(issuer, now.AddHours(-1), now.AddHours(1), [1, 2, 3, 4]);
        return bare.CopyWithPrivateKey(key);
    }

    public static X509Extension Extension(byte[] value, bool critical = true) => new(NodeIdentity.ExtensionOid, value, critical);

    private static CertificateRequest Request(ECDsa key, Func<byte[], X509Extension?> extensionOf)
    {
        CertificateRequest request = new("CN=test", key, HashAlgorithmName.SHA256);
        if (extensionOf(key.ExportSubjectPublicKeyInfo()) is { } extension) request.CertificateExtensions.Add(extension);
        return request;
    }
}
