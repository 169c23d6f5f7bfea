using System.Collections.Generic;
using System.IO;
using System.Net;
using Chain.Networking;
using Chain.Node.Hosting;
using Chain.Node.Keys;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Node.Founding;

/// <summary>The peers that an operator names for a new home.</summary>
public static class PeerList
{
    /// <summary>
    /// Those to dial, checked. This node itself may be among them, so that all operators can use one list. Throws
    /// <see cref="NodeStopException"/>.
    /// </summary>
    /// <param name="listen">Where this node takes peers in, as address:port; may be empty.</param>
    public static IReadOnlyList<string> Read(string listen, IReadOnlyList<string> peers, NodeHome home)
    {
        if (listen.Length > 0 && !IPEndPoint.TryParse(listen, out _))
        {
            throw Bad($"the peer address \"{listen}\" is not an address and a port", "Write for example --peer-address 0.0.0.0:26656.");
        }
        if (listen.Length == 0 && peers.Count > 0)
        {
            throw Bad("peers were named, but no peer address: a node without one has no peers",
                "Add for example --peer-address 0.0.0.0:26656.");
        }
        Address? self = SelfOf(home);
        List<string> dial = [];
        foreach (string text in peers)
        {
            if (!PeerAddress.TryParse(text, out PeerAddress? peer, out string fault))
            {
                throw Bad($"a peer cannot be read: {fault}", "Write --peer nodeid@host:port; 'chain status' shows a node's id.");
            }
            if (peer!.Id != self) dial.Add(peer.ToString());
        }
        return dial;
    }

    /// <summary>The id of the node key that <c>chain genesis contribute</c> made; null before there is one.</summary>
    private static Address? SelfOf(NodeHome home)
    {
        if (!File.Exists(home.NodeKeyFile)) return null;
        using PrivateKey key = KeyFile.Load(home.NodeKeyFile);
        return key.PublicKey.Address;
    }

    private static NodeStopException Bad(string what, string remedy) => new(ExitCode.BadInput, what, remedy);
}
