using Chain.Consensus.Core;
using Chain.Node.Peers.Messages;
using Chain.Primitives.Blocks;

namespace Chain.Simulator.Reporting;

/// <summary>Messages and inputs in a few words, for a trace that a person reads.</summary>
internal static class Wording
{
    public static string Of(PeerMessage message) => message switch
    {
        PeerMessage.VoteCast cast => Of(cast.Vote),
        PeerMessage.Proposed proposed => Of(proposed.Proposal),
        PeerMessage.Standing standing => $"stands at {standing.Height}/{standing.Round} {standing.Step}, blocks from {standing.FirstBlock}",
        PeerMessage.Transactions transactions => $"{transactions.Items.Count} transactions",
        PeerMessage.OutlineWanted wanted => $"wants outline {Short(wanted.BlockId)}",
        PeerMessage.OutlineOf outline => $"outline {Short(outline.BlockId)}",
        PeerMessage.BodiesWanted wanted => $"wants {wanted.Places.Count} bodies of {Short(wanted.BlockId)}",
        PeerMessage.Bodies bodies => $"{bodies.Items.Count} bodies of {Short(bodies.BlockId)}",
        PeerMessage.BlocksWanted wanted => $"wants {wanted.Count} blocks from {wanted.From}",
        PeerMessage.Decided decided => $"decided {decided.Commit.Height} {Short(decided.Commit.BlockId)}",
        _ => message.GetType().Name,
    };

    public static string Of(Vote vote) =>
        $"{vote.Type} {vote.Height}/{vote.Round} {Short(vote.BlockId)} of validator {vote.ValidatorIndex}";

    public static string Of(Proposal proposal) =>
        $"proposal {proposal.Height}/{proposal.Round} {Short(proposal.BlockId)} pol {proposal.PolRound}";

    public static string Of(Input input) => input switch
    {
        Input.TimeoutElapsed elapsed => $"timeout {elapsed.Timeout.Kind} {elapsed.Timeout.Height}/{elapsed.Timeout.Round}",
        Input.HeightStarted started => $"height {started.Height}",
        _ => input.GetType().Name,
    };

    public static string Short(in BlockId id) => id.IsNil ? "nil" : id.Hash.ToString()[..8];
}
