using System;
using System.Collections.Generic;

namespace Chain.Process.Tests.Network;

/// <summary>How the nodes of a <see cref="TestNetwork"/> reach each other, and how a test takes that from them.</summary>
internal interface IWiring : IDisposable
{
    /// <summary>The address at which the test reaches a node's RPC server, cut off or not.</summary>
    string HostOf(int node);

    /// <summary>Where a node listens for peers.</summary>
    string PeerAddressOf(int node);

    /// <summary>What one node dials to reach another.</summary>
    string DialAddress(int from, int to);

    /// <summary>What stands before the command that starts a node; often nothing.</summary>
    IReadOnlyList<string> CommandPrefixOf(int node);

    /// <summary>Nothing passes any more between these nodes and the others.</summary>
    void Separate(params int[] numbers);

    /// <summary>Nothing passes any more between two nodes, whoever of them dialled.</summary>
    void Cut(int one, int other);

    /// <summary>Everybody reaches everybody again.</summary>
    void Heal();
}
