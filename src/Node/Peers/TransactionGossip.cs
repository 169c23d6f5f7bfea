using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Mempool;
using Chain.Node.Peers.Messages;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Node.Peers;

/// <summary>
/// Lets transactions reach every validator, each at most once over a link. Whoever takes one from a client sends it to all its
/// peers, and validators are all connected to each other. What comes from anybody else, and what still waits after a while, is
/// named to the peers, and they ask for what they lack. Safe for many threads.
/// </summary>
public sealed class TransactionGossip(
    TransactionIntake intake, TransactionPool pool, PeerTable peers, ValidatorNodes validators, NodeClock clock)
{
    private readonly TransactionAsks _asks = new();

    // Of the replica's thread: what arrived up to here was named, and what had arrived by the time of the last look.
    private long _named;
    private long _seen;
    private long _lookedMs;

    /// <summary>Transactions remembered as asked for.</summary>
    internal int AskedCount => _asks.Count;

    /// <summary>A new peer learns what waits here.</summary>
    public void Connected(IPeer peer) => Name(pool.Peek(int.MaxValue).ConvertAll(static waiting => waiting.Id), [peer]);

    /// <summary>Takes a message about transactions; null when it is about something else, else whether some were new here.</summary>
    public bool? Handle(IPeer peer, PeerMessage message)
    {
        switch (message)
        {
            case PeerMessage.Transactions transactions:
                return Take(peer, transactions.Items);
            case PeerMessage.TransactionsKnown known:
                Ask(peer, known.Ids);
                return false;
            case PeerMessage.TransactionsWanted wanted:
                Answer(peer, wanted.Ids);
                return false;
            default:
                return null;
        }
    }

    /// <summary>
    /// Every <see cref="PeerLimits.TickMs"/>, on the replica's thread: asks the next one for what a peer owes, and names once what still
    /// waits, as a full queue or a missing link may have kept it from somebody.
    /// </summary>
    public void Tick()
    {
        AskElsewhere();
        if (clock.NowMs - _lookedMs < PeerLimits.NameAgainMs) return;
        _lookedMs = clock.NowMs;
        List<PooledTransaction> waiting = pool.Peek(int.MaxValue);
        long newest = _seen;
        List<Hash256> late = [];
        foreach (PooledTransaction transaction in waiting)
        {
            newest = Math.Max(newest, transaction.Arrival);
            if (transaction.Arrival > _named && transaction.Arrival <= _seen) late.Add(transaction.Id);
        }
        (_named, _seen) = (_seen, newest);
        Name(late, peers.Links());
    }

    private void AskElsewhere()
    {
        (Dictionary<IPeer, List<Hash256>> asks, List<IPeer> late) = _asks.TakeDue(clock.NowMs);
        foreach ((IPeer peer, List<Hash256> ids) in asks)
        {
            foreach (Hash256[] part in ids.Chunk(PeerLimits.IdsPerMessageMax)) Send(peer, new PeerMessage.TransactionsWanted(part));
        }
        foreach (IPeer peer in late) peer.Report(PeerFault.Useless);
    }

    private bool Take(IPeer from, IReadOnlyList<byte[]> items)
    {
        if (_asks.Count > 0)
        {
            foreach (byte[] item in items) _asks.Came(Sha256.Hash(item));
        }
        bool areNew = intake.Receive(items, out bool isLie);
        // Each signature that does not verify costs as much as one that does, and a peer of ours has verified it.
        if (isLie) from.Report(PeerFault.Lie);
        if (!areNew || validators.Contains(from.Id)) return areNew;
        List<Hash256> taken = [];
        foreach (byte[] item in items)
        {
            Hash256 id = Sha256.Hash(item);
            if (pool.Contains(id)) taken.Add(id);
        }
        Name(taken, peers.Links(except: from));
        return true;
    }

    private void Ask(IPeer peer, IReadOnlyList<Hash256> known)
    {
        List<Hash256> wanted = [];
        long nowMs = clock.NowMs;
        foreach (Hash256 id in known)
        {
            if (!pool.Contains(id) && _asks.TryAsk(id, peer, nowMs)) wanted.Add(id);
        }
        if (wanted.Count > 0) Send(peer, new PeerMessage.TransactionsWanted(wanted));
    }

    private void Answer(IPeer peer, IReadOnlyList<Hash256> wanted)
    {
        AskBudget? budget = peers.Find(peer)?.TransactionBytes;
        List<byte[]> items = [];
        int bytes = 0;
        foreach (Hash256 id in wanted)
        {
            if (!peer.HasRoom(Channel.Transactions)) return;
            if (pool.Find(id) is not { } found) continue;
            if (budget?.TryTake(clock.NowMs, found.Bytes.Length) == false) break;
            if (items.Count > 0 && bytes + found.Bytes.Length > PeerLimits.TransactionsBytesMax)
            {
                Send(peer, new PeerMessage.Transactions(items));
                (items, bytes) = ([], 0);
            }
            items.Add(found.Bytes);
            bytes += found.Bytes.Length;
        }
        if (items.Count > 0) Send(peer, new PeerMessage.Transactions(items));
    }

    private static void Name(List<Hash256> ids, IReadOnlyList<IPeer> peers)
    {
        if (peers.Count == 0) return;
        foreach (Hash256[] part in ids.Chunk(PeerLimits.IdsPerMessageMax))
        {
            byte[] message = new PeerMessage.TransactionsKnown(part).Encode();
            foreach (IPeer peer in peers) peer.TrySend(Channel.Transactions, message);
        }
    }

    private static void Send(IPeer peer, PeerMessage message) => peer.TrySend(message.Channel, message.Encode());
}
