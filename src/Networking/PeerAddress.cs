using System;
using System.Globalization;
using System.Net;
using Chain.Primitives.Bytes;

namespace Chain.Networking;

/// <summary>Where a peer listens and who must answer there. Text form: <c>nodeid@host:port</c>, the id as 40 lower-case hex digits.</summary>
/// <param name="Id">Address of the node key.</param>
/// <param name="Host">An IPv4 address, an IPv6 address (without brackets) or a DNS name, resolved at each attempt.</param>
/// <param name="Port">1 to 65,535.</param>
public sealed record PeerAddress(Address Id, string Host, int Port)
{
    private const int HostCharsMax = 253;

    /// <summary>Reads the text form; otherwise <paramref name="error"/> says what is wrong with it.</summary>
    public static bool TryParse(string text, out PeerAddress? address, out string error)
    {
        address = null;
        int at = text.IndexOf('@', StringComparison.Ordinal);
        int colon = text.LastIndexOf(':');
        if (at < 0 || colon < at) return Fails($"'{text}' is not of the form nodeid@host:port", out error);

        Span<byte> idBytes = stackalloc byte[Address.Size];
        if (!Hex.TryDecode(text.AsSpan(0, at), idBytes))
        {
            return Fails($"the node id '{text[..at]}' is not {Address.Size * 2} hexadecimal digits", out error);
        }
        Address id = Address.From(idBytes);

        string host = text[(at + 1)..colon];
        bool isBracketed = host is ['[', .., ']'];
        if (isBracketed) host = host[1..^1];
        bool isHost = isBracketed
            ? IPAddress.TryParse(host, out IPAddress? ip) && ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            : host.Length <= HostCharsMax && Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4;
        if (!isHost) return Fails($"'{host}' is not a host name or address (IPv6 goes in brackets)", out error);

        string port = text[(colon + 1)..];
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) || number == 0)
        {
            return Fails($"the port '{port}' is not a number from 1 to 65535", out error);
        }
        address = new PeerAddress(id, host, number);
        error = "";
        return true;
    }

    public override string ToString()
    {
        string host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return $"{Hex.Lower(Id.Span)}@{host}:{Port.ToString(CultureInfo.InvariantCulture)}";
    }

    private static bool Fails(string what, out string error)
    {
        error = what;
        return false;
    }
}
