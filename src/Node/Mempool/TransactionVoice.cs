using System;
using System.Collections.Generic;
using System.Threading;
using Chain.Node.Peers;
using Chain.Node.Peers.Messages;

namespace Chain.Node.Mempool;

/// <summary>
/// Tells the peers of transactions that clients brought here. What comes while a message is being sent goes into the next one,
/// so that a busy node sends few messages and a quiet one waits for nothing. Safe for many threads.
/// </summary>
/// <param name="later">Runs an action soon, on another thread or at once.</param>
public sealed class TransactionVoice(PeerTable peers, Action<Action> later)
{
    private readonly Lock _lock = new();
    private List<byte[]> _waiting = [];
    private bool _isSending;

    public void Tell(ReadOnlySpan<byte[]> transactions)
    {
        if (transactions.IsEmpty || peers.Count == 0) return;
        lock (_lock)
        {
            _waiting.AddRange(transactions);
            if (_isSending) return;
            _isSending = true;
        }
        later(Send);
    }

    private void Send()
    {
        while (true)
        {
            List<byte[]> taken;
            lock (_lock)
            {
                taken = _waiting;
                _isSending = taken.Count > 0;
                if (!_isSending) return;
                _waiting = [];
            }
            foreach (List<byte[]> message in Cut(taken)) peers.SendToAll(new PeerMessage.Transactions(message));
        }
    }

    private static IEnumerable<List<byte[]>> Cut(List<byte[]> transactions)
    {
        List<byte[]> message = [];
        int bytes = 0;
        foreach (byte[] transaction in transactions)
        {
            bool isFull = bytes + transaction.Length > PeerLimits.TransactionsBytesMax || message.Count == PeerLimits.OutlineTransactionsMax;
            if (isFull && message.Count > 0)
            {
                yield return message;
                (message, bytes) = ([], 0);
            }
            message.Add(transaction);
            bytes += transaction.Length;
        }
        yield return message;
    }
}
