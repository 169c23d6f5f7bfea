using System;
using System.Collections.Generic;
using Chain.Networking;
using Chain.Primitives.Bytes;

namespace Chain.Simulator.Network;

/// <summary>What stands at an address of the simulated network.</summary>
internal interface INetworkUser
{
    Address Id { get; }

    bool IsUp { get; }

    /// <summary>What leaves instead of this message: for a correct node, the message.</summary>
    IEnumerable<(Channel Channel, ReadOnlyMemory<byte> Message)> Leaving(SimulatedPeer to, Channel channel, ReadOnlyMemory<byte> message);

    void Connected(SimulatedPeer peer);

    void Disconnected(SimulatedPeer peer);

    void Receive(SimulatedPeer from, Channel channel, ReadOnlyMemory<byte> message);
}
