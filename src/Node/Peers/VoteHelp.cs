using System;
using System.Collections.Generic;
using Chain.Consensus.Core;
using Chain.Consensus.Votes;
using Chain.Node.Peers.Messages;
using Chain.Primitives.Blocks;

namespace Chain.Node.Peers;

/// <summary>
/// What a peer at our height lacks: the proposal of its round or of a later one, and votes. So that the votes which are on
/// their way are not sent again by everybody, the votes of others go only to a peer that stands still.
/// </summary>
public static class VoteHelp
{
    /// <param name="blockOf">A block of the running height, or null while it is not here.</param>
    public static void Send(PeerView peer, HeightMachine core, Func<BlockId, Block?> blockOf)
    {
        if (peer.Standing is not { } standing || standing.Height != core.Height || core.Validators is not { } set) return;
        int self = core.Self is { } address ? set.IndexOf(address) : -1;
        foreach (RoundMessages messages in core.Rounds)
        {
            RoundSummary? known = Find(standing.Rounds, messages.Round);
            if (!Matters(messages, standing, core)) continue;
            SendProposal(peer, messages, known, standing, blockOf);
            SendVotes(peer, messages.Prevotes, VoteType.Prevote, known, self);
            SendVotes(peer, messages.Precommits, VoteType.Precommit, known, self);
        }
    }

    /// <summary>Rounds from the peer's on, and older ones in which a quorum lies: a lock or a commit may need them.</summary>
    private static bool Matters(RoundMessages messages, PeerMessage.Standing standing, HeightMachine core) =>
        messages.Round >= standing.Round
        || messages.Round >= core.Round
        || messages.Prevotes.QuorumValue is not null
        || messages.Precommits.QuorumValue is not null;

    private static void SendProposal(
        PeerView peer, RoundMessages messages, RoundSummary? known, PeerMessage.Standing standing, Func<BlockId, Block?> blockOf)
    {
        if (messages.Round < standing.Round || known is { HasProposal: true } || !peer.IsStuck) return;
        if (messages.Proposal is not { } proposal || blockOf(proposal.BlockId) is not { } block) return;
        peer.Send(new PeerMessage.Proposed(proposal, PeerVoice.OutlineOf(block)));
    }

    private static void SendVotes(PeerView peer, VoteTally tally, VoteType type, RoundSummary? known, int self)
    {
        if (type == VoteType.Prevote && peer.IsStuck && tally.QuorumValue is { } value && known is not { HasPolka: true })
        {
            SendPolka(peer, tally, value);
            return;
        }
        for (int i = 0; i < tally.Size; i++)
        {
            if (i != self && !peer.IsStuck) continue;
            if (tally.Of(i) is { } vote && known?.Has(type, i) != true) peer.Send(new PeerMessage.VoteCast(vote));
        }
    }

    /// <summary>All of it: behind a bit in the peer's bitmap there may be an equivocator's other vote.</summary>
    private static void SendPolka(PeerView peer, VoteTally tally, in BlockId value)
    {
        for (int i = 0; i < tally.Size; i++)
        {
            if (tally.Find(i, value) is { } vote) peer.Send(new PeerMessage.VoteCast(vote));
        }
    }

    private static RoundSummary? Find(IReadOnlyList<RoundSummary> rounds, Round round)
    {
        foreach (RoundSummary summary in rounds)
        {
            if (summary.Round == round) return summary;
        }
        return null;
    }
}
