using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Chain.StateMachine.Proofs;

namespace Chain.StateMachine.Tests.Proofs;

/// <summary>The test data of cosmos/ics23.</summary>
public sealed class Ics23VectorTests
{
    public static TheoryData<string, string> Files()
    {
        TheoryData<string, string> files = [];
        foreach (string tree in (string[])["iavl", "tendermint", "smt"])
        {
            foreach (string kind in (string[])["exist", "nonexist"])
            {
                foreach (string place in (string[])["left", "middle", "right"]) files.Add(tree, $"{kind}_{place}");
            }
        }
        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Vector_file_is_accepted_and_its_tampered_forms_are_not(string tree, string file)
    {
        JsonElement vector = Ics23Json.Load($"ics23/{tree}/{file}.json");
        ProofSpec spec = SpecOf(tree);
        byte[] root = Ics23Json.Hex(vector, "root");
        byte[] key = Ics23Json.Hex(vector, "key");
        byte[] value = Ics23Json.Hex(vector, "value");
        byte[] bytes = Ics23Json.Hex(vector, "proof");

        Assert.True(CommitmentProof.TryDecode(bytes, out CommitmentProof? proof));
        Assert.Equal(bytes, proof.Encode());
        Assert.Equal(ProofVerdict.Valid, Verify(spec, root, proof, key, value));

        Assert.NotEqual(ProofVerdict.Valid, Verify(spec, Flipped(root), proof, key, value));
        if (value.Length > 0)
        {
            Assert.Equal(ProofVerdict.KeyMismatch, Verify(spec, root, proof, Flipped(key), value));
            Assert.Equal(ProofVerdict.ValueMismatch, Verify(spec, root, proof, key, Flipped(value)));
            Assert.Equal(ProofVerdict.WrongKind, ProofVerifier.VerifyNonMembership(spec, root, proof, key));
        }
        else
        {
            Assert.Equal(ProofVerdict.WrongKind, ProofVerifier.VerifyMembership(spec, root, proof, key, [1]));
        }
        foreach (ProofSpec other in (ProofSpec[])[Ics23Json.Iavl, ProofSpec.Smt])
        {
            if (tree != "tendermint" && other != spec) Assert.NotEqual(ProofVerdict.Valid, Verify(other, root, proof, key, value));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Vector_with_any_one_bit_flipped_is_refused_or_means_the_same(string tree, string file)
    {
        JsonElement vector = Ics23Json.Load($"ics23/{tree}/{file}.json");
        byte[] root = Ics23Json.Hex(vector, "root");
        byte[] key = Ics23Json.Hex(vector, "key");
        byte[] value = Ics23Json.Hex(vector, "value");
        byte[] bytes = Ics23Json.Hex(vector, "proof");
        Assert.True(CommitmentProof.TryDecode(bytes, out CommitmentProof? proof));
        // A proof of absence names its key in a field that no verifier looks at, and that is all that may change unseen.
        int unseen = proof.NonExist is { } absence ? absence.Key.Length : 0;
        int accepted = 0;
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] changed = (byte[])bytes.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            if (!CommitmentProof.TryDecode(changed, out CommitmentProof? decoded)) continue;
            if (Verify(SpecOf(tree), root, decoded, key, value) == ProofVerdict.Valid) accepted++;
        }
        Assert.Equal(unseen * 8, accepted);
    }

    [Fact]
    public void Leaf_table_is_reproduced()
    {
        int cases = 0;
        foreach (JsonProperty test in Ics23Json.Load("ics23/TestLeafOpData.json").EnumerateObject())
        {
            byte[] key = Ics23Json.Bytes(test.Value, "Key");
            byte[] value = Ics23Json.Bytes(test.Value, "Value");
            ProofVerdict verdict = HashOps.Leaf(Ics23Json.Leaf(test.Value.GetProperty("Op")), key, value, out byte[] hash);
            Assert.True(test.Value.GetProperty("IsErr").GetBoolean() == (verdict != ProofVerdict.Valid), test.Name);
            Assert.True(hash.AsSpan().SequenceEqual(Ics23Json.Bytes(test.Value, "Expected")), test.Name);
            cases++;
        }
        Assert.Equal(11, cases);
    }

    [Fact]
    public void Inner_table_is_reproduced()
    {
        int cases = 0;
        foreach (JsonProperty test in Ics23Json.Load("ics23/TestInnerOpData.json").EnumerateObject())
        {
            InnerOp op = Ics23Json.Inner(test.Value.GetProperty("Op"));
            ProofVerdict verdict = HashOps.Inner(op, Ics23Json.Bytes(test.Value, "Child"), out byte[] hash);
            Assert.True(test.Value.GetProperty("IsErr").GetBoolean() == (verdict != ProofVerdict.Valid), test.Name);
            Assert.True(hash.AsSpan().SequenceEqual(Ics23Json.Bytes(test.Value, "Expected")), test.Name);
            cases++;
        }
        Assert.Equal(4, cases);
    }

    [Fact]
    public void Hash_table_is_reproduced_for_what_we_know_and_refused_for_the_rest()
    {
        List<string> known = [];
        foreach (JsonProperty test in Ics23Json.Load("ics23/TestDoHashData.json").EnumerateObject())
        {
            HashOp op = (HashOp)Ics23Json.Number(test.Value, "HashOp");
            // One case of the table spells the name in its own way.
            string name = test.Value.TryGetProperty("Preimage", out _) ? "Preimage" : "PreImage";
            byte[] preimage = Encoding.UTF8.GetBytes(test.Value.GetProperty(name).GetString()!);
            if (!HashOps.TryHash(op, preimage, default, default, out byte[] hash)) continue;
            Assert.Equal(Ics23Json.Hex(test.Value, "ExpectedHash"), hash);
            known.Add(test.Name);
        }
        Assert.Equal(["sha256", "sha512"], known);
    }

    [Fact]
    public void Existence_table_is_reproduced()
    {
        int cases = 0;
        foreach (JsonProperty test in Ics23Json.Load("ics23/TestExistenceProofData.json").EnumerateObject())
        {
            ProofVerdict verdict = ProofVerifier.ComputeRoot(Ics23Json.Existence(test.Value.GetProperty("Proof")), out byte[] root);
            Assert.True(test.Value.GetProperty("IsErr").GetBoolean() == (verdict != ProofVerdict.Valid), test.Name);
            Assert.True(root.AsSpan().SequenceEqual(Ics23Json.Bytes(test.Value, "Expected")), test.Name);
            cases++;
        }
        Assert.Equal(6, cases);
    }

    [Fact]
    public void Leaf_specification_table_is_reproduced()
    {
        int cases = 0;
        foreach (JsonProperty test in Ics23Json.Load("ics23/TestCheckLeafData.json").EnumerateObject())
        {
            bool fits = ProofVerifier.LeafFits(Ics23Json.Leaf(test.Value.GetProperty("Spec")), Ics23Json.Leaf(test.Value.GetProperty("Leaf")));
            Assert.True(test.Value.GetProperty("IsErr").GetBoolean() != fits, test.Name);
            cases++;
        }
        Assert.Equal(10, cases);
    }

    [Fact]
    public void Specification_table_is_reproduced()
    {
        int cases = 0;
        foreach (JsonProperty test in Ics23Json.Load("ics23/TestCheckAgainstSpecData.json").EnumerateObject())
        {
            string error = test.Value.GetProperty("Err").GetString()!;
            ProofVerdict expected = error switch
            {
                "" => ProofVerdict.Valid,
                _ when error.Contains("LeafOp", StringComparison.Ordinal) || error.StartsWith("leaf", StringComparison.Ordinal) => ProofVerdict.LeafNotAllowed,
                _ when error.Contains("too short", StringComparison.Ordinal) => ProofVerdict.TooShallow,
                _ when error.Contains("too long", StringComparison.Ordinal) => ProofVerdict.TooDeep,
                _ => ProofVerdict.InnerNotAllowed,
            };
            ProofSpec spec = Ics23Json.Spec(test.Value.GetProperty("Spec"));
            ProofVerdict verdict = ProofVerifier.CheckShape(spec, Ics23Json.Existence(test.Value.GetProperty("Proof")));
            Assert.True(expected == verdict, $"{test.Name}: {verdict}");
            cases++;
        }
        Assert.Equal(11, cases);
    }

    [Fact]
    public void Empty_branch_table_is_reproduced()
    {
        int cases = 0;
        foreach (JsonElement test in Ics23Json.Load("ics23/TestEmptyBranchData.json").EnumerateArray())
        {
            InnerSpec spec = Ics23Json.Spec(test.GetProperty("Spec")).Inner;
            InnerOp op = Ics23Json.Inner(test.GetProperty("Op"));
            Assert.Equal(test.GetProperty("IsLeft").GetBoolean(), Adjacency.LeftSiblingsAreEmpty(spec, op));
            Assert.Equal(test.GetProperty("IsRight").GetBoolean(), Adjacency.RightSiblingsAreEmpty(spec, op));
            cases++;
        }
        Assert.Equal(8, cases);
    }

    private static ProofSpec SpecOf(string tree) => tree switch
    {
        "iavl" => Ics23Json.Iavl,
        "smt" => ProofSpec.Smt,
        _ => ProofSpec.Tendermint,
    };

    private static ProofVerdict Verify(ProofSpec spec, byte[] root, CommitmentProof proof, byte[] key, byte[] value) => value.Length == 0
        ? ProofVerifier.VerifyNonMembership(spec, root, proof, key)
        : ProofVerifier.VerifyMembership(spec, root, proof, key, value);

    private static byte[] Flipped(byte[] bytes)
    {
        byte[] flipped = (byte[])bytes.Clone();
        flipped[^1] ^= 1;
        return flipped;
    }
}
