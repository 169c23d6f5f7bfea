using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Chain.Consensus.Core;
using Chain.Node.Core;
using Chain.Node.Rpc.Json;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Node.Rpc.Methods;

/// <summary><c>consensus_state</c>: CometBFT's summary of the running round, with the votes of each round as texts.</summary>
internal sealed class ConsensusMethods(RpcPorts ports)
{
    private const int FingerprintBytes = 6;
    private const string NilVote = "nil-Vote";

    public IEnumerable<RpcMethod> All => [new RpcMethod("consensus_state", [], StateAsync)];

    private async ValueTask<RpcAnswer> StateAsync(RpcCall call)
    {
        if (await ports.Status.ConsensusAsync(call.Cancellation).ConfigureAwait(false) is not { } view)
        {
            return RpcAnswer.Fail(RpcError.Internal("consensus has not begun"));
        }
        return RpcAnswer.Object(writer =>
        {
            writer.WriteStartObject("round_state");
            writer.WriteString("height/round/step", $"{view.Height.Value}/{view.Round.Value}/{CometStep(view.Step)}");
            writer.Time("start_time", view.LastTime);
            writer.WriteString("proposal_block_hash", HashOf(view.Proposed));
            writer.WriteString("locked_block_hash", HashOf(view.Locked));
            writer.WriteString("valid_block_hash", HashOf(view.Valid));
            writer.WriteStartArray("height_vote_set");
            foreach (RoundView round in view.Rounds) Round(writer, round, view.Validators);
            writer.WriteEndArray();
            writer.WriteStartObject("proposer");
            writer.HexUpper("address", view.Validators.Validators[view.ProposerIndex].Address.Span);
            writer.WriteNumber("index", view.ProposerIndex);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    private static void Round(Utf8JsonWriter writer, RoundView round, ValidatorSet validators)
    {
        writer.WriteStartObject();
        writer.WriteNumber("round", round.Round.Value);
        Votes(writer, "prevotes", round.Prevotes, validators);
        Votes(writer, "precommits", round.Precommits, validators);
        writer.WriteEndObject();
    }

    private static void Votes(Utf8JsonWriter writer, string name, IReadOnlyList<Vote?> votes, ValidatorSet validators)
    {
        StringBuilder bits = new();
        long power = 0;
        writer.WriteStartArray(name);
        for (int i = 0; i < votes.Count; i++)
        {
            Vote? vote = votes[i];
            writer.WriteStringValue(vote is null ? NilVote : Text(vote));
            bits.Append(vote is null ? '_' : 'x');
            if (vote is not null) power += validators.Validators[i].Power;
        }
        writer.WriteEndArray();
        long hundredths = (long)((Int128)power * 100 / validators.TotalPower);
        writer.WriteString(
            $"{name}_bit_array", $"BA{{{votes.Count}:{bits}}} {power}/{validators.TotalPower} = {Share(hundredths)}");
    }

    /// <summary>As Go's <c>Vote.String</c>.</summary>
    private static string Text(Vote vote)
    {
        string kind = vote.Type == VoteType.Prevote ? "SIGNED_MSG_TYPE_PREVOTE(Prevote)" : "SIGNED_MSG_TYPE_PRECOMMIT(Precommit)";
        string block = vote.BlockId.IsNil ? "000000000000" : Fingerprint(vote.BlockId.Hash.Span);
        return $"Vote{{{vote.ValidatorIndex}:{Fingerprint(vote.ValidatorAddress.Span)} {vote.Height.Value}/{vote.Round.Value:00}/{kind} "
            + $"{block} {Fingerprint(vote.Signature.Span)} 000000000000 @ {vote.Timestamp}}}";
    }

    private static string Fingerprint(ReadOnlySpan<byte> bytes) => Hex.Upper(bytes[..FingerprintBytes]);

    private static string Share(long hundredths) => string.Create(CultureInfo.InvariantCulture, $"{hundredths / 100}.{hundredths % 100:00}");

    private static string HashOf(BlockId id) => id.IsNil ? "" : Hex.Upper(id.Hash.Span);

    /// <summary>CometBFT numbers new-height, new-round and waiting steps as well.</summary>
    private static int CometStep(Step step) => step switch
    {
        Step.Idle => 1,
        Step.Propose => 3,
        Step.Prevote => 4,
        Step.Precommit => 6,
        _ => 8,
    };
}
