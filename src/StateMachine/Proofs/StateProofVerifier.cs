using System;
using System.Text;
using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Proofs;

/// <summary>Checks the two operations that answer a state query: key in its store's tree, store's root under the app hash.</summary>
public static class StateProofVerifier
{
    /// <summary>
    /// True to "after the block with this app hash, <paramref name="store"/> holds <paramref name="value"/> under
    /// <paramref name="key"/>", or holds nothing when the value is null. The app hash of height H stands in header H+1.
    /// </summary>
    public static ProofVerdict Verify(in Hash256 appHash, string store, ReadOnlySpan<byte> key, byte[]? value, ReadOnlySpan<ProofOp> ops)
    {
        byte[] name = Encoding.UTF8.GetBytes(store);
        if (ops.Length != 2 || !ops[0].Is(ProofOp.Smt, key) || !ops[1].Is(ProofOp.Simple, name)) return ProofVerdict.WrongOperations;
        if (!CommitmentProof.TryDecode(ops[0].Data, out CommitmentProof? lower)
            || !CommitmentProof.TryDecode(ops[1].Data, out CommitmentProof? upper))
        {
            return ProofVerdict.Malformed;
        }
        // The upper proof names the store's root; it is trusted once the app hash leads to it, and then judges the lower one.
        if (upper.Exist is not { } storeProof) return ProofVerdict.WrongKind;
        byte[] storeRoot = storeProof.Value;
        ProofVerdict verdict = ProofVerifier.VerifyMembership(ProofSpec.Tendermint, appHash.Span, upper, name, storeRoot);
        if (verdict != ProofVerdict.Valid) return verdict;
        return value is null
            ? ProofVerifier.VerifyNonMembership(ProofSpec.Smt, storeRoot, lower, key)
            : ProofVerifier.VerifyMembership(ProofSpec.Smt, storeRoot, lower, key, value);
    }
}
