using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Peers.Messages;
using Chain.Primitives.Codec;

namespace Chain.Node.Peers;

/// <summary>
/// Where messages of peers come in, on the threads of their connections: decodes them, lets transactions into the mempool, answers
/// questions about the past as fast as the peer reads and the budget lets it, and hands the rest to the replica.
/// </summary>
public sealed class PeerGate(
    Replica replica, TransactionGossip gossip, ArchiveServer archive, PeerTable peers, NodeClock clock) : IPeerHandler
{
    private readonly ArchiveBudget _budget = new();

    public void OnConnected(IPeer peer) => replica.Post(new ReplicaWork.Connected(peer));

    public void OnDisconnected(IPeer peer) => replica.Post(new ReplicaWork.Disconnected(peer));

    public ValueTask OnMessageAsync(
        IPeer peer, Channel channel, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        bool isMessage = PeerMessage.TryDecode(message.Span, out PeerMessage decoded, out DecodeError _) && decoded.Channel == channel;
        // Opening a block is dear, so nobody can have us do it who was not asked for one.
        if (isMessage && decoded is PeerMessage.Decided decided)
        {
            if (peers.Find(peer)?.TryPay() != true)
            {
                peer.Report(PeerFault.Useless);
                return ValueTask.CompletedTask;
            }
            isMessage = decided.TryOpen(out _, out _);
        }
        if (!isMessage)
        {
            peer.Report(PeerFault.Malformed);
            return ValueTask.CompletedTask;
        }
        if (gossip.Handle(peer, decoded) is { } areNew)
        {
            if (areNew) replica.NotifyTransactions();
            return ValueTask.CompletedTask;
        }
        return ArchiveServer.AnswersOn(decoded) is { } answers
            ? AnswerAsync(peer, decoded, answers, cancellation)
            : replica.PostAsync(new ReplicaWork.Received(peer, decoded, message.Length), cancellation);
    }

    /// <summary>While an answer is under way the peer's next question waits: asking faster than reading holds back itself alone.</summary>
    private async ValueTask AnswerAsync(IPeer peer, PeerMessage question, Channel channel, CancellationToken cancellation)
    {
        try
        {
            using IEnumerator<byte[]> answers = archive.Answers(question).GetEnumerator();
            bool goesOn = true;
            while (goesOn)
            {
                while (!_budget.MayAnswer(peer.Id, clock.NowMs) || !peer.HasRoom(channel))
                {
                    await Task.Delay(PeerLimits.RoomWaitMs, cancellation).ConfigureAwait(false);
                }
                goesOn = answers.MoveNext();
                _budget.Take(peer.Id, goesOn ? answers.Current.Length : 0);
                goesOn = goesOn && peer.TrySend(channel, answers.Current);
            }
        }
#pragma warning disable CA1031 // A store that cannot be read stops the node, whoever finds it.
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            replica.Post(new ReplicaWork.Failed(fault));
        }
    }
}
