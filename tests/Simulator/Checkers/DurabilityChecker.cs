using System;
using System.Collections.Generic;
using Chain.Consensus.Core;
using Chain.Consensus.Recovery;
using Chain.Consensus.Votes;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Simulator.Cluster;
using Chain.Simulator.Reporting;

namespace Chain.Simulator.Checkers;

/// <summary>
/// At the moment a signature leaves: the guard with it is on the disk, and so is everything in the log that led to it, for a
/// precommit the whole block besides. Only what leads to the first proposal and the first prevotes of a height may be lost: the
/// guard still holds the one vote that was cast. Then no restart forgets a lock or a vote.
/// </summary>
internal static class DurabilityChecker
{
    public static void Check(int node, Vote vote, ValidatorSet? validators, DurableView durable)
    {
        CheckGuard(node, Wording.Of(vote), vote.Height, vote.Round, vote.Type, vote.SignBytes(ClusterGenesis.ChainId), durable);
        // A vote of the height before, whose part of the log may be gone by now.
        if (vote.Height.Value < durable.Height) return;
        string? missing = vote.Type == VoteType.Prevote ? MissingFor(vote, durable) : MissingFor(vote, validators, durable);
        if (missing is not null) throw new SimulationFailure($"persist before broadcast: n{node} sends {Wording.Of(vote)}, its disk lacks {missing}");
    }

    public static void Check(int node, Proposal proposal, DurableView durable)
    {
        byte[] signBytes = proposal.SignBytes(ClusterGenesis.ChainId);
        CheckGuard(node, Wording.Of(proposal), proposal.Height, proposal.Round, VoteType.Proposal, signBytes, durable);
        if (proposal.Round == Round.Zero || proposal.Height.Value < durable.Height) return;
        // A block with a polka is others' as well: they have it, and after a restart it is asked for again.
        if (proposal.PolRound > Round.None || HoldsBlock(proposal.BlockId, durable)) return;
        throw new SimulationFailure($"persist before broadcast: n{node} sends {Wording.Of(proposal)}, its disk lacks the block");
    }

    private static void CheckGuard(
        int node, string what, Height height, Round round, VoteType type, byte[] signBytes, DurableView durable)
    {
        if (durable.Guard is { } guard)
        {
            int order = (guard.Height, guard.Round, StepOf(guard.Type)).CompareTo((height, round, StepOf(type)));
            if (order > 0 || (order == 0 && guard.SignBytes.Span.SequenceEqual(signBytes))) return;
        }
        throw new SimulationFailure($"persist before broadcast: n{node} sends {what}, its disk lacks the guard's state for it");
    }

    private static string? MissingFor(Vote prevote, DurableView durable)
    {
        if (prevote.Round == Round.Zero) return null;
        bool sawProposal = durable.Records.Exists(record => record is WalRecord.ProposalSeen seen && seen.Proposal.Round == prevote.Round
            && (prevote.BlockId.IsNil || seen.Proposal.BlockId == prevote.BlockId));
        if (!prevote.BlockId.IsNil)
        {
            bool wasJudged = durable.Records.Exists(record =>
                record is WalRecord.ValueJudged { IsValid: true } judged && judged.BlockId == prevote.BlockId);
            return !sawProposal ? "the proposal" : wasJudged ? null : "the judgement";
        }
        return sawProposal || HasTimeout(prevote.Round, TimeoutKind.Propose, durable) ? null : "a reason for nil";
    }

    private static string? MissingFor(Vote precommit, ValidatorSet? validators, DurableView durable)
    {
        if (!precommit.BlockId.IsNil && !HoldsBlock(precommit.BlockId, durable)) return "the whole block";
        if (precommit.BlockId.IsNil && HasTimeout(precommit.Round, TimeoutKind.Prevote, durable)) return null;
        if (validators is null) return null;
        HashSet<Address> voters = [];
        long power = 0;
        foreach (WalRecord record in durable.Records)
        {
            if (record is not WalRecord.VoteSeen { Vote: { Type: VoteType.Prevote } vote }) continue;
            if (vote.Round != precommit.Round || vote.BlockId != precommit.BlockId || !voters.Add(vote.ValidatorAddress)) continue;
            power += validators.Validators[vote.ValidatorIndex].Power;
        }
        return Quorum.IsReached(power, validators.TotalPower) ? null : "the polka";
    }

    private static bool HasTimeout(Round round, TimeoutKind kind, DurableView durable) => durable.Records.Exists(record =>
        record is WalRecord.TimeoutFired fired && fired.Timeout.Round == round && fired.Timeout.Kind == kind);

    private static bool HoldsBlock(BlockId id, DurableView durable) => durable.Records.Exists(record =>
        record is WalRecord.BlockStored stored && stored.BlockId == id
        && Block.TryDecode(stored.EncodedBlock.Span, out Block block, out DecodeError _) && block.Id() == id);

    private static int StepOf(VoteType type) => type switch { VoteType.Proposal => 1, VoteType.Prevote => 2, _ => 3 };
}
