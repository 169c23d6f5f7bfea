using System;
using System.Threading.Tasks;
using Chain.Consensus.Core;
using Chain.Networking;
using Chain.Node.Peers.Messages;

namespace Chain.Node.Core;

/// <summary>What waits for the replica's thread. Closed.</summary>
public abstract record ReplicaWork
{
    private ReplicaWork() { }

    public sealed record Feed(Input Input) : ReplicaWork;

    public sealed record Connected(IPeer Peer) : ReplicaWork;

    public sealed record Disconnected(IPeer Peer) : ReplicaWork;

    /// <param name="Bytes">Of the message as it came.</param>
    public sealed record Received(IPeer Peer, PeerMessage Message, int Bytes) : ReplicaWork
    {
        /// <summary>Places that it takes in the inbox.</summary>
        public int Places => 1 + (Bytes / ReplicaLimits.InboxUnitBytes);
    }

    /// <summary>Peers brought transactions that were not here.</summary>
    public sealed record TransactionsCame : ReplicaWork;

    /// <summary>Somebody wants to see where consensus stands.</summary>
    public sealed record Look(TaskCompletionSource<ConsensusView?> Answer) : ReplicaWork;

    /// <summary>Another thread of the node found what must stop it.</summary>
    public sealed record Failed(Exception Fault) : ReplicaWork;

    /// <summary>Time to look at what peers lack and what we wait for.</summary>
    public sealed record Tick : ReplicaWork;
}
