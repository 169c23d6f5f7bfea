using System;
using System.Collections.Generic;
using Chain.Consensus.Core;
using Chain.Consensus.Votes;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Metrics;
using Chain.Node.Peers.Messages;
using Chain.Node.Snapshots;
using Chain.Primitives.Blocks;

namespace Chain.Node.Peers;

/// <summary>
/// What this node does with what peers say, on the replica's thread: votes and proposals go to the core once their
/// signature is checked, outlines and bodies to the assembler, decided blocks to the sync, and summaries are answered with
/// what the peer lacks.
/// </summary>
public sealed class PeerExchange(
    EffectRunner runner,
    BlockLedger ledger,
    HeightMachine core,
    PeerTable peers,
    MessageVerifier verifier,
    BlockAssembler assembler,
    BlockSync sync,
    BlockServer server,
    ArchiveServer archive,
    SnapshotKeeper keeper,
    TransactionGossip gossip,
    NodeMetrics metrics,
    NodeClock clock)
{
    public bool IsBehind => sync.IsBehind;

    /// <summary>A new peer learns where we stand, and which transactions wait here. One that is ahead is asked for blocks at once.</summary>
    public void Connected(IPeer link)
    {
        PeerView peer = peers.Add(link);
        peer.SendSummary(Summary().Encode(), clock.NowMs);
        gossip.Connected(link);
        sync.Tick(ledger.Tip);
    }

    public void Disconnected(IPeer link)
    {
        if (peers.Find(link) is { } peer) peers.Remove(peer);
        sync.Remove(link);
    }

    public void Handle(IPeer link, PeerMessage message)
    {
        if (peers.Find(link) is not { } peer) return;
        verifier.MoveTo(ledger.Tip);
        switch (message)
        {
            case PeerMessage.VoteCast cast: OnVote(link, cast.Vote); break;
            case PeerMessage.Proposed proposed: OnProposed(link, proposed); break;
            case PeerMessage.Standing standing: OnStanding(peer, standing); break;
            case PeerMessage.OutlineWanted wanted when peer.Pieces.TryTake(clock.NowMs): server.Answer(peer, wanted); break;
            case PeerMessage.BodiesWanted wanted when peer.Pieces.TryTake(clock.NowMs): server.Answer(peer, wanted); break;
            case PeerMessage.OutlineOf outline: OnOutline(link, outline); break;
            case PeerMessage.Bodies bodies: Arrive(assembler.Put(bodies, link)); break;
            case PeerMessage.Decided decided:
                if (sync.Put(link, decided, ledger.Tip)) ApplyFetched();
                break;
            default: Answer(link, message); break;
        }
    }

    /// <summary>New transactions are in the mempool: one of them may complete a block.</summary>
    public void TransactionsCame() => Arrive(assembler.TakeComplete());

    /// <summary>Every <see cref="PeerLimits.TickMs"/>: summaries go out, and what did not come is asked for again.</summary>
    public void Tick()
    {
        ApplyFetched();
        assembler.MoveTo(ledger.Tip.Height.Next);
        assembler.Tick();
        sync.Tick(ledger.Tip);
        gossip.Tick();
        keeper.Tick(ledger.Tip.Height);
        if (peers.Count == 0) return;
        byte[] summary = Summary().Encode();
        foreach (PeerView peer in peers.All) peer.SendSummary(summary, clock.NowMs);
    }

    private void OnVote(IPeer link, Vote vote)
    {
        MessageVerdict verdict = verifier.Check(vote);
        if (verdict == MessageVerdict.Forged) link.Report(PeerFault.Lie);
        if (verdict != MessageVerdict.Genuine) return;
        metrics.VoteCame(vote, core);
        runner.Feed(new Input.VoteReceived(vote));
    }

    private void OnProposed(IPeer link, PeerMessage.Proposed proposed)
    {
        Proposal proposal = proposed.Proposal;
        MessageVerdict verdict = verifier.Check(proposal, core.Round);
        bool isLie = verdict == MessageVerdict.Forged
            || (verdict == MessageVerdict.Genuine && !assembler.Has(proposal.BlockId) && !proposed.Outline.Fits(proposal.BlockId));
        if (isLie) link.Report(PeerFault.Lie);
        if (verdict != MessageVerdict.Elsewhere) metrics.ProposalCame(accepted: !isLie);
        if (isLie || verdict == MessageVerdict.Elsewhere) return;
        assembler.Offer(proposal.Height, proposal.BlockId, proposed.Outline, link);
        runner.Feed(new Input.ProposalReceived(proposal, clock.NowMs));
        Arrive(assembler.TakeComplete());
    }

    private void OnOutline(IPeer link, PeerMessage.OutlineOf answer)
    {
        Height height = answer.Outline.Header.Height;
        if (height < ledger.Tip.Height.Next || verifier.SetOf(height) is null) return;
        if (!answer.Outline.Fits(answer.BlockId))
        {
            link.Report(PeerFault.Lie);
            return;
        }
        assembler.Give(answer.BlockId, answer.Outline, link);
        Arrive(assembler.TakeComplete());
    }

    private void OnStanding(PeerView peer, PeerMessage.Standing standing)
    {
        peer.Heard(standing);
        if (peer.Helps.TryTake(clock.NowMs)) VoteHelp.Send(peer, core, ledger.Find);
    }

    /// <summary>The running node asks the archive before, on the connection's thread; where there are no threads it is asked here.</summary>
    private void Answer(IPeer link, PeerMessage message)
    {
        if (ArchiveServer.AnswersOn(message) is not { } channel) return;
        foreach (byte[] answer in archive.Answers(message))
        {
            if (!link.TrySend(channel, answer)) return;
        }
    }

    /// <summary>
    /// Applies what was fetched, run after run, for a bounded time. Votes may have decided the height before a fetched block, so a
    /// block's coming is not the only moment for it.
    /// </summary>
    private void ApplyFetched()
    {
        long beganMs = clock.NowMs;
        while (clock.NowMs - beganMs < PeerLimits.SyncTurnMs)
        {
            List<FetchedBlock> verified = sync.TakeVerified(ledger.Tip);
            if (verified.Count == 0) return;
            foreach (FetchedBlock next in verified)
            {
                runner.ApplyDecided(next.Block, next.Id, next.Commit);
                metrics.BlockFetched();
            }
            runner.GoOn();
            verifier.MoveTo(ledger.Tip);
            sync.Ask(ledger.Tip);
        }
    }

    private void Arrive((BlockId Id, Block Block)? arrived)
    {
        if (arrived is { } whole) runner.BlockArrived(whole.Id, whole.Block);
    }

    private PeerMessage.Standing Summary()
    {
        Height running = ledger.Tip.Height.Next;
        List<RoundSummary> rounds = [];
        bool isRunning = core.Height == running;
        IReadOnlyList<RoundMessages> known = isRunning ? core.Rounds : [];
        for (int i = Math.Max(0, known.Count - PeerLimits.SummaryRoundsMax); i < known.Count; i++)
        {
            rounds.Add(RoundSummary.Of(known[i], core.Validators!.Count));
        }
        return new PeerMessage.Standing(
            running, ledger.FirstBlock, isRunning ? core.Round : Round.Zero, isRunning ? core.Step : Step.Idle, rounds);
    }
}
