using System;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Chain.Networking.Tls;

/// <summary>TLS 1.3 both ways, with our certificate and our judge alone.</summary>
internal sealed class TlsSettings : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly SslStreamCertificateContext _context;

    /// <summary>Takes over the certificate.</summary>
    public TlsSettings(X509Certificate2 certificate)
    {
        _certificate = certificate;
        // Offline: otherwise .NET may fetch issuers over the network.
        _context = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
    }

    public SslServerAuthenticationOptions Server(RemoteCertificateValidationCallback judge) => new()
    {
        ServerCertificateContext = _context,
        ClientCertificateRequired = true,
        EnabledSslProtocols = SslProtocols.Tls13,
        RemoteCertificateValidationCallback = judge,
        CertificateChainPolicy = Policy(),
        AllowTlsResume = false,
        AllowRenegotiation = false,
    };

    public SslClientAuthenticationOptions Client(RemoteCertificateValidationCallback judge) => new()
    {
        ClientCertificateContext = _context,
        TargetHost = "",
        EnabledSslProtocols = SslProtocols.Tls13,
        RemoteCertificateValidationCallback = judge,
        CertificateChainPolicy = Policy(),
        AllowTlsResume = false,
        AllowRenegotiation = false,
    };

    public void Dispose() => _certificate.Dispose();

    /// <summary>
    /// SslStream builds a chain before it asks us. Without this it would follow URLs in the peer's certificate: a request that
    /// leaves the machine, and 15 s of waiting. Trusting nothing of the system's also keeps its stores unread.
    /// </summary>
    private static X509ChainPolicy Policy() => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        UrlRetrievalTimeout = TimeSpan.FromMilliseconds(1),
    };
}
