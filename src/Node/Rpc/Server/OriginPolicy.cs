using System;
using System.Collections.Generic;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Chain.Node.Rpc.Server;

/// <summary>
/// Which requests a browser may bring. A page of another site must not use the node of whoever looks at it: neither openly, where
/// the browser names the page in Origin, nor by a name that its owner points at this machine (DNS rebinding), where only Host
/// tells. Clients other than browsers send what they like, so this protects people, not the node.
/// </summary>
internal sealed class OriginPolicy(RpcOptions options)
{
    private const string AnyOrigin = "*";

    private readonly HashSet<string> _hosts = new(options.Hosts, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _origins = new(options.CorsOrigins, StringComparer.OrdinalIgnoreCase);

    /// <summary>False for a name that this server does not go by.</summary>
    public bool TakesHost(HostString host)
    {
        bool isLocal = IPAddress.IsLoopback(options.Endpoint.Address);
        if (!host.HasValue || (!isLocal && _hosts.Count == 0)) return true;
        string name = host.Host.Trim('[', ']');
        if (_hosts.Contains(host.Value) || _hosts.Contains(name)) return true;
        // An address is nobody's name: a page that was loaded from it is this server's own.
        if (IPAddress.TryParse(name, out IPAddress? address))
        {
            return !isLocal || IPAddress.IsLoopback(address) || address.Equals(options.Endpoint.Address);
        }
        return isLocal && string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// False for a page of another site that was not allowed. For one that was, writes the headers that let its browser read the
    /// answer.
    /// </summary>
    public bool TakesOrigin(HttpContext context)
    {
        string? origin = context.Request.Headers.Origin;
        if (string.IsNullOrEmpty(origin)) return true;
        if (_origins.Contains(AnyOrigin) || _origins.Contains(origin))
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
            headers.AccessControlAllowHeaders = "Content-Type";
            headers.Vary = "Origin";
            return true;
        }
        return Uri.TryCreate(origin, UriKind.Absolute, out Uri? site)
            && string.Equals(site.Authority, context.Request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
