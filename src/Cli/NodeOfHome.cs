using System.IO;
using System.Net;
using Chain.Cli.Dev;
using Chain.Client.Errors;
using Chain.Node.Hosting;

namespace Chain.Cli;

/// <summary>Where the node of a home listens.</summary>
internal static class NodeOfHome
{
    /// <summary>The URL that <c>rpc_address</c> of the home, or of a local network's first node, stands for; null where there is no configuration.</summary>
    public static string? AddressOf(string folder)
    {
        NodeHome home = new(folder);
        if (!File.Exists(home.ConfigFile)) home = DevChain.HomeOf(folder, 0);
        if (!File.Exists(home.ConfigFile)) return null;
        string address = home.ReadConfig().RpcAddress;
        if (!IPEndPoint.TryParse(address, out IPEndPoint? endpoint)) return $"http://{address}";
        if (endpoint.Port == 0)
        {
            throw new ClientException(ClientErrorCode.BadInput, "The address of the node is not known.",
                $"The node of {home.Root} takes a free port at each start (rpc_address {address}).", "Name the address that it printed with --node URL.");
        }
        // An address that stands for all of this machine's is one to listen at, not one to call.
        if (endpoint.Address.Equals(IPAddress.Any)) endpoint.Address = IPAddress.Loopback;
        if (endpoint.Address.Equals(IPAddress.IPv6Any)) endpoint.Address = IPAddress.IPv6Loopback;
        return $"http://{endpoint}";
    }
}
