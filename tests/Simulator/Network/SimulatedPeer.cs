using System;
using Chain.Networking;
using Chain.Primitives.Bytes;

namespace Chain.Simulator.Network;

/// <summary>One end of a connection: what <paramref name="owner"/> holds of <paramref name="other"/>.</summary>
internal sealed class SimulatedPeer(SimulatedNetwork network, int owner, int other, Address id) : IPeer
{
    public Address Id => id;

    public int Owner => owner;

    public int Other => other;

    public bool IsOpen { get; set; } = true;

    /// <summary>The other end.</summary>
    public SimulatedPeer Far { get; set; } = null!;

    /// <summary>Messages under way from here, by channel.</summary>
    public int[] Sent { get; } = new int[Enum.GetValues<Channel>().Length + 1];

    /// <summary>When the last message of each channel arrives, microseconds: the next one is not earlier.</summary>
    public long[] LastUs { get; } = new long[Enum.GetValues<Channel>().Length + 1];

    public bool TrySend(Channel channel, ReadOnlyMemory<byte> message) => network.Send(this, channel, message);

    public bool HasRoom(Channel channel) => SimulatedNetwork.HasRoom(this, channel);

    public void Report(PeerFault fault) => network.Report(this, fault);
}
