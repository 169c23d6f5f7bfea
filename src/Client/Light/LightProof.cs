using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Answers;
using Chain.Client.Errors;
using Chain.Client.Rpc;
using Chain.Consensus.Light;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Proofs;

namespace Chain.Client.Light;

/// <summary>
/// Checks a value of the state without trusting the node that gave it. The chain of reasons: trusted validators signed a
/// header; the header carries the hash of the whole state; the proof leads from the value to that hash.
/// </summary>
public static class LightProof
{
    /// <summary>
    /// Fetches all that is needed. A height of null takes the newest state that a header already commits to.
    /// </summary>
    public static async Task<ProofBundle> FetchAsync(
        ChainClient client, string store, ReadOnlyMemory<byte> key, Height? height, CancellationToken cancel)
    {
        JsonElement query = await client.RawQueryAsync($"/store/{store}/key", key, height, prove: true, cancel);
        QueryAnswer answer = AnswerJson.Query(query);
        if (answer.Code != 0) throw new ClientException(ErrorCatalog.Error(answer.Code, answer.Log));
        Height next = answer.Height.Next;
        JsonElement commit = await client.RawCommitAsync(next, cancel);
        IReadOnlyList<JsonElement> validators = await client.RawValidatorsAsync(next, cancel);
        return new ProofBundle(store, key.ToArray(), query, commit, [.. validators]);
    }

    /// <summary>Checks everything, offline.</summary>
    /// <param name="chainId">The chain that the caller means; null takes the header's own word for it, and says so.</param>
    /// <param name="trustedValidators">
    /// validators_hash of a set that the caller has reason to trust, for example from the genesis file; null leaves the step out.
    /// </param>
    public static ProofReport Verify(ProofBundle bundle, string? chainId, Hash256? trustedValidators)
    {
        Header header = bundle.SignedHeader.Header;
        QueryAnswer query = bundle.Query;
        byte[]? value = query.Value.Length == 0 ? null : query.Value;
        List<ProofStep> steps =
        [
            ChainStep(header, chainId),
            HeightStep(header, query),
            HeaderStep(bundle.SignedHeader),
            ValidatorsStep(header, bundle.Validators, out ValidatorSet? validators),
            TrustStep(header, trustedValidators),
            CommitStep(bundle.SignedHeader, validators),
            StateStep(bundle, header, value),
        ];
        return new ProofReport(bundle.Store, bundle.Key, value, query.Height, header, steps);
    }

    private static ProofStep ChainStep(Header header, string? chainId) => chainId switch
    {
        null => new("chain", ProofStepState.NotChecked,
            $"The header says that it belongs to chain {header.ChainId}; no chain was named to compare with."),
        _ => Step("chain", header.ChainId == chainId,
            $"The header belongs to chain {chainId}.", $"The header belongs to chain {header.ChainId}, not to {chainId}."),
    };

    private static ProofStep HeightStep(Header header, QueryAnswer query) =>
        Step("height", header.Height == query.Height.Next,
        $"The state after block {query.Height} is the one whose hash block {header.Height} carries.",
        $"The header of block {header.Height} does not carry the hash of the state after block {query.Height}.");

    private static ProofStep HeaderStep(SignedHeader signed)
    {
        Hash256 hash = signed.Header.Hash();
        return Step("header", hash == signed.Commit.BlockId.Hash,
            $"The header's 14 fields hash to {hash}, the block that was signed.",
            $"The header hashes to {hash}, but block {signed.Commit.BlockId.Hash} was signed.");
    }

    private static ProofStep ValidatorsStep(Header header, IReadOnlyList<Validator> members, out ValidatorSet? validators)
    {
        List<ValidatorUpdate> updates = new(members.Count);
        foreach (Validator member in members) updates.Add(new ValidatorUpdate(member.PublicKey, member.Power));
        if (!ValidatorSet.TryCreate(updates, out validators, out string error))
        {
            return new("validators", ProofStepState.Failed, $"The validators make no set: {error}.");
        }
        bool matches = validators.Hash() == header.ValidatorsHash;
        string count = members.Count == 1 ? "The one validator is the one" : $"The {members.Count} validators are those";
        ProofStep step = Step("validators", matches, $"{count} that the header names (hash {header.ValidatorsHash}).",
            "The validators given are not those that the header names.");
        if (!matches) validators = null;
        return step;
    }

    private static ProofStep TrustStep(Header header, Hash256? trusted) => trusted is not { } hash
        ? new("trust", ProofStepState.NotChecked,
            "That these are the right validators is the node's own word; no trusted set was named to compare with.")
        : Step("trust", hash == header.ValidatorsHash, "They are the validators that you trust.",
            $"They are not the validators that you trust ({hash}).");

    private static ProofStep CommitStep(SignedHeader signed, ValidatorSet? validators)
    {
        if (validators is null)
        {
            return new("commit", ProofStepState.NotChecked, "The signatures cannot be checked without the right validators.");
        }
        Header header = signed.Header;
        BlockId id = new(header.Hash(), signed.Commit.BlockId.Parts);
        CommitVerdict verdict = CommitVerifier.Verify(header.ChainId, validators, id, header.Height, signed.Commit);
        if (verdict != CommitVerdict.Valid)
        {
            return new("commit", ProofStepState.Failed, $"The commit does not hold: {verdict}.");
        }
        long power = 0;
        int signers = 0;
        for (int i = 0; i < validators.Count; i++)
        {
            if (signed.Commit.Signatures[i].Flag != BlockIdFlag.Commit) continue;
            power += validators.Validators[i].Power;
            signers++;
        }
        return new("commit", ProofStepState.Passed,
            $"{signers} of {validators.Count} validators, with {power} of {validators.TotalPower} voting power, signed the block; "
            + "every signature is right. More than two thirds is enough.");
    }

    private static ProofStep StateStep(ProofBundle bundle, Header header, byte[]? value)
    {
        QueryAnswer query = bundle.Query;
        ProofVerdict verdict = StateProofVerifier.Verify(header.AppHash, bundle.Store, bundle.Key, value, [.. query.Proof]);
        string what = value is null ? $"no value stands under this key in store '{bundle.Store}'"
            : $"these {value.Length} bytes stand under this key in store '{bundle.Store}'";
        return Step("state", verdict == ProofVerdict.Valid,
            $"The hashes lead from the value to the state hash {header.AppHash} in the header: {what}.",
            $"The proof does not lead to the state hash in the header: {verdict}.");
    }

    private static ProofStep Step(string name, bool holds, string passed, string failed) =>
        new(name, holds ? ProofStepState.Passed : ProofStepState.Failed, holds ? passed : failed);
}
