using System;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Mempool;
using Chain.Node.Peers.Messages;
using Chain.Primitives.Codec;

namespace Chain.Node.Peers;

/// <summary>
/// Where messages of peers come in, on the threads of their connections: decodes them, lets transactions into the mempool, and
/// hands the rest to the replica.
/// </summary>
public sealed class PeerGate(Replica replica, TransactionIntake intake) : IPeerHandler
{
    public void OnConnected(IPeer peer) => replica.Post(new ReplicaWork.Connected(peer));

    public void OnDisconnected(IPeer peer) => replica.Post(new ReplicaWork.Disconnected(peer));

    public ValueTask OnMessageAsync(
        IPeer peer, Channel channel, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        bool isMessage = PeerMessage.TryDecode(message.Span, out PeerMessage decoded, out DecodeError _) && decoded.Channel == channel;
        if (!isMessage)
        {
            peer.Report(PeerFault.Malformed);
            return ValueTask.CompletedTask;
        }
        if (decoded is PeerMessage.Transactions transactions)
        {
            if (intake.Receive(transactions.Items)) replica.NotifyTransactions();
            return ValueTask.CompletedTask;
        }
        return replica.PostAsync(new ReplicaWork.Received(peer, decoded), cancellation);
    }
}
