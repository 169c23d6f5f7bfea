using System;
using System.Threading;
using Chain.Networking;
using Chain.Node.Peers.Messages;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Node.Peers;

/// <summary>One connected peer and what we know of it. Used on the replica's thread but for what says otherwise.</summary>
public sealed class PeerView(IPeer link)
{
    private int _owed;

    public IPeer Link => link;

    public Address Id => link.Id;

    /// <summary>What it said last; null before the first time.</summary>
    public PeerMessage.Standing? Standing { get; private set; }

    /// <summary>It stands where it stood when it spoke the time before: what it lacks is not just on its way.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>Its newest block, by its hello until the first summary; 0 while unknown.</summary>
    public Height Tip => Standing is { } standing ? new Height(standing.Height.Value - 1) : link.Blocks.Last;

    /// <summary>Its oldest block, likewise; 0 while unknown or when it has none.</summary>
    public Height FirstBlock => Standing?.FirstBlock ?? link.Blocks.First;

    /// <summary>Our own summary as sent last.</summary>
    public byte[] SentSummary { get; private set; } = [];

    /// <summary>When that was, Unix milliseconds.</summary>
    public long SentSummaryMs { get; private set; }

    /// <summary>It left a request for blocks unanswered; until then others are asked first. Unix milliseconds.</summary>
    public long BenchedUntilMs { get; set; }

    /// <summary>When it last gave a verified block that votes had not decided here and that was not the first such; Unix milliseconds.</summary>
    public long ProvenMs { get; set; }

    /// <summary>So many decided blocks were asked for, whether or not they come in time.</summary>
    public void Owe(int blocks) => Interlocked.Add(ref _owed, blocks);

    /// <summary>A decided block came: false when none was asked for that did not come yet. On any thread.</summary>
    public bool TryPay()
    {
        if (Interlocked.Decrement(ref _owed) >= 0) return true;
        Interlocked.Increment(ref _owed);
        return false;
    }

    /// <summary>For answers to its summaries.</summary>
    internal AskBudget Helps { get; } = new(PeerLimits.HelpsPerSecondMax);

    /// <summary>For outlines and bodies that it asks for.</summary>
    internal AskBudget Pieces { get; } = new(PeerLimits.PiecesPerSecondMax);

    /// <summary>For the bytes of those.</summary>
    internal AskBudget PieceBytes { get; } = new(PeerLimits.PieceBytesPerSecondMax);

    /// <summary>For the bytes of transactions that it asks for. Used where its messages about them are handled, one after the other.</summary>
    internal AskBudget TransactionBytes { get; } = new(PeerLimits.TransactionBytesPerSecondMax);

    public bool Send(PeerMessage message) => link.TrySend(message.Channel, message.Encode());

    public void Heard(PeerMessage.Standing standing)
    {
        IsStuck = Standing is not { } before
            || (before.Height == standing.Height && before.Round == standing.Round && before.Step == standing.Step);
        Standing = standing;
    }

    /// <summary>Sends our summary when it is new and not too soon, or when the last one is old.</summary>
    public void SendSummary(byte[] summary, long nowMs)
    {
        bool isSame = summary.AsSpan().SequenceEqual(SentSummary);
        if (nowMs - SentSummaryMs < (isSame ? PeerLimits.SummaryRepeatMs : PeerLimits.SummaryMs)) return;
        if (!link.TrySend(Channel.Summaries, summary)) return;
        SentSummary = summary;
        SentSummaryMs = nowMs;
    }
}
