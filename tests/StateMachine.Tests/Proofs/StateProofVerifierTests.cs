using System;
using System.Collections.Generic;
using System.Text;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Proofs;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Tests.Proofs;

public sealed class StateProofVerifierTests : IDisposable
{
    private const int Keys = 200;

    private readonly MemoryStore _database = new();
    private readonly StateStore _state;
    private readonly Hash256 _appHash;
    private readonly Hash256 _oldAppHash;

    public StateProofVerifierTests()
    {
        _state = new StateStore(_database);
        StateOverlay overlay = new(_state);
        for (int i = 0; i < Keys; i++) overlay.Put(StoreId.Market, Key(i), Value(i));
        _oldAppHash = Apply(1, overlay);
        overlay = new StateOverlay(_state);
        overlay.Put(StoreId.Market, Key(0), "changed"u8.ToArray());
        _appHash = Apply(2, overlay);
    }

    [Fact]
    public void Proof_of_existence_holds_for_its_claim_alone()
    {
        ProofOp[] ops = Prove(StoreId.Market, Key(7));
        Assert.Equal(ProofVerdict.Valid, Verify("market", Key(7), Value(7), ops));
        Assert.Equal(ProofVerdict.ValueMismatch, Verify("market", Key(7), Value(8), ops));
        Assert.Equal(ProofVerdict.ValueMismatch, Verify("market", Key(7), [], ops));
        Assert.Equal(ProofVerdict.WrongOperations, Verify("market", Key(8), Value(7), ops));
        Assert.Equal(ProofVerdict.WrongOperations, Verify("meta", Key(7), Value(7), ops));
        Assert.Equal(ProofVerdict.WrongKind, Verify("market", Key(7), null, ops));
        Assert.Equal(ProofVerdict.RootMismatch, StateProofVerifier.Verify(_oldAppHash, "market", Key(7), Value(7), ops));
    }

    [Fact]
    public void Operations_of_another_form_are_refused()
    {
        ProofOp[] ops = Prove(StoreId.Market, Key(7));
        ProofOp[][] others =
        [
            [],
            [ops[0]],
            [ops[1], ops[0]],
            [ops[0], ops[1], ops[1]],
            [new ProofOp("ics23:iavl", ops[0].Key, ops[0].Data), ops[1]],
            [new ProofOp(ProofOp.Smt, Key(8), ops[0].Data), ops[1]],
            [ops[0], new ProofOp(ProofOp.Simple, "meta"u8.ToArray(), ops[1].Data)],
        ];
        foreach (ProofOp[] other in others) Assert.Equal(ProofVerdict.WrongOperations, Verify("market", Key(7), Value(7), other));
        byte[] absence = Prove(StoreId.Market, "absent"u8)[0].Data;
        Assert.Equal(ProofVerdict.WrongKind, Verify("market", Key(7), Value(7), [ops[0], new ProofOp(ProofOp.Simple, ops[1].Key, absence)]));
        Assert.Equal(ProofVerdict.Malformed, Verify("market", Key(7), Value(7), [new ProofOp(ProofOp.Smt, ops[0].Key, [1]), ops[1]]));
    }

    [Fact]
    public void Proof_against_another_stores_root_is_refused()
    {
        ProofOp[] market = Prove(StoreId.Market, Key(7));
        ProofOp[] meta = Prove(StoreId.Meta, StateStore.PermanentKey);
        Assert.Equal(ProofVerdict.RootMismatch, Verify("meta", Key(7), Value(7), [market[0], meta[1]]));
        ProofOp renamed = new(ProofOp.Simple, "meta"u8.ToArray(), market[1].Data);
        Assert.Equal(ProofVerdict.KeyMismatch, Verify("meta", Key(7), Value(7), [market[0], renamed]));
    }

    [Fact]
    public void Any_one_bit_of_a_proofs_data_matters()
    {
        foreach (byte[] key in (byte[][])[Key(7), "absent"u8.ToArray()])
        {
            byte[]? value = _state.Get(StoreId.Market, key);
            ProofOp[] ops = Prove(StoreId.Market, key);
            int accepted = 0;
            for (int op = 0; op < ops.Length; op++)
            {
                for (int bit = 0; bit < ops[op].Data.Length * 8; bit++)
                {
                    byte[] data = (byte[])ops[op].Data.Clone();
                    data[bit / 8] ^= (byte)(1 << (bit % 8));
                    ProofOp[] changed = [.. ops];
                    changed[op] = new ProofOp(ops[op].Type, ops[op].Key, data);
                    if (Verify("market", key, value, changed) == ProofVerdict.Valid) accepted++;
                }
            }
            // Only the key that a proof of absence names for itself is never looked at.
            Assert.Equal(value is null ? key.Length * 8 : 0, accepted);
        }
    }

    [Fact]
    public void Absence_is_not_proven_by_keys_that_are_no_neighbours()
    {
        List<int> order = [];
        for (int i = 0; i < Keys; i++) order.Add(i);
        order.Sort((x, y) => Sha256.Hash(Key(x)).CompareTo(Sha256.Hash(Key(y))));
        ExistenceProof[] leaves = order.ConvertAll(Exist).ToArray();
        // The permanent key is a leaf too: skip its surroundings.
        Hash256 permanent = Sha256.Hash(StateStore.PermanentKey);
        for (int i = 2; i + 2 < Keys; i++)
        {
            if (Sha256.Hash(leaves[i - 2].Key) < permanent && permanent < Sha256.Hash(leaves[i + 2].Key)) continue;
            ReadOnlySpan<byte> key = leaves[i].Key;
            Assert.Equal(ProofVerdict.NotAdjacent, Absent(key, leaves[i - 1], leaves[i + 1]));
            Assert.Equal(ProofVerdict.NotAdjacent, Absent(key, leaves[i - 2], leaves[i + 1]));
            Assert.Equal(ProofVerdict.NotAdjacent, Absent(key, leaves[i - 1], null));
            Assert.Equal(ProofVerdict.NotAdjacent, Absent(key, null, leaves[i + 1]));
            Assert.Equal(ProofVerdict.NotBetween, Absent(key, leaves[i], leaves[i + 1]));
            Assert.Equal(ProofVerdict.NotBetween, Absent(key, leaves[i - 1], leaves[i]));
            Assert.Equal(ProofVerdict.NotBetween, Absent(key, leaves[i + 1], leaves[i - 1]));
            Assert.Equal(ProofVerdict.NotBetween, Absent(key, leaves[i], leaves[i]));
            Assert.Equal(ProofVerdict.NoNeighbours, Absent(key, null, null));
        }
    }

    [Fact]
    public void Absent_keys_all_over_the_tree_are_proven_absent_and_cannot_be_proven_present()
    {
        for (int i = 0; i < 500; i++)
        {
            byte[] key = Encoding.UTF8.GetBytes("absent/" + i);
            ProofOp[] ops = Prove(StoreId.Market, key);
            Assert.Equal(ProofVerdict.Valid, Verify("market", key, null, ops));
            Assert.Equal(ProofVerdict.WrongKind, Verify("market", key, [1], ops));
        }
    }

    [Fact]
    public void Random_and_oversized_bytes_are_no_proof()
    {
        Random random = new(5);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            if (CommitmentProof.TryDecode(bytes, out CommitmentProof? proof)) _ = ProofVerifier.VerifyMembership(ProofSpec.Smt, bytes, proof, [1], [1]);
        }
        byte[] value = new byte[Limits.ProofBytesMax];
        Assert.False(CommitmentProof.TryDecode(CommitmentProof.Of(new ExistenceProof([1], value, null, [])).Encode(), out _));
        InnerOp[] path = new InnerOp[Limits.ProofPathMax + 1];
        Array.Fill(path, new InnerOp(HashOp.Sha256, [1], []));
        Assert.False(CommitmentProof.TryDecode(CommitmentProof.Of(new ExistenceProof([1], [1], null, path)).Encode(), out _));
        Assert.True(CommitmentProof.TryDecode(CommitmentProof.Of(new ExistenceProof([1], [1], null, path[1..])).Encode(), out _));
        Assert.False(CommitmentProof.TryDecode([], out _));
    }

    [Fact]
    public void Steps_without_neighbours_below_them_end_in_a_verdict()
    {
        // Two proofs of the same one-leaf tree: their paths are empty, where the Go library would index out of range.
        byte[] root = TreeRootOfOne();
        ExistenceProof one = new([1], [1], ProofSpec.Smt.Leaf, []);
        CommitmentProof proof = CommitmentProof.Of(new NonExistenceProof([2], one, one));
        Assert.Equal(ProofVerdict.NotBetween, ProofVerifier.VerifyNonMembership(ProofSpec.Smt, root, proof, [2]));
        Assert.False(Adjacency.AreNeighbours(ProofSpec.Smt.Inner, [], []));
    }

    public void Dispose() => _database.Dispose();

    private static byte[] TreeRootOfOne() =>
        Sha256.Hash([0, .. Sha256.Hash([1]).Span, .. Sha256.Hash([1]).Span]).ToArray();

    private static byte[] Key(int i) => Encoding.UTF8.GetBytes("order/" + i);

    private static byte[] Value(int i) => Encoding.UTF8.GetBytes("value of " + i);

    private Hash256 Apply(long height, StateOverlay overlay)
    {
        WriteBatch batch = new();
        Hash256 appHash = _state.Prepare(new Height(height), overlay.Changes, batch);
        _database.Write(batch, sync: false);
        return appHash;
    }

    private ProofOp[] Prove(StoreId store, ReadOnlySpan<byte> key)
    {
        Assert.True(_state.TryProve(store, key, new Height(2), out StateProof? proof));
        return proof.Ops;
    }

    private ExistenceProof Exist(int i)
    {
        Assert.True(CommitmentProof.TryDecode(Prove(StoreId.Market, Key(i))[0].Data, out CommitmentProof? proof));
        return proof.Exist!;
    }

    private ProofVerdict Absent(ReadOnlySpan<byte> key, ExistenceProof? left, ExistenceProof? right)
    {
        byte[] lower = CommitmentProof.Of(new NonExistenceProof(key.ToArray(), left, right)).Encode();
        return Verify("market", key, null, [new ProofOp(ProofOp.Smt, key.ToArray(), lower), Prove(StoreId.Market, key)[1]]);
    }

    private ProofVerdict Verify(string store, ReadOnlySpan<byte> key, byte[]? value, ProofOp[] ops) =>
        StateProofVerifier.Verify(_appHash, store, key, value, ops);
}
