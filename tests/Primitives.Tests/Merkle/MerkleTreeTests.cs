using System;
using System.Collections.Generic;
using System.Text;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.Primitives.Merkle;

namespace Chain.Primitives.Tests.Merkle;

/// <summary>The facts of RFC 6962 and of CometBFT's crypto/merkle tests.</summary>
public sealed class MerkleTreeTests
{
    [Fact]
    public void Hashes_of_rfc6962_are_as_published()
    {
        AssertHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", MerkleTree.Root(new List<byte[]>()));
        AssertHex("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", MerkleTree.LeafHash([]));
        AssertHex("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56", MerkleTree.LeafHash("L123456"u8));
        // Published for an inner node over two four-byte halves; ours are 32 bytes, so the preimage is hashed by hand.
        AssertHex("aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb", Sha256.Hash("\u0001N123N456"u8));
    }

    [Theory]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("054edec1d0211f624fed0cbca9d4f9400b0e491c43742af2c5b0abebf0c990d8", "010203")]
    [InlineData("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "")]
    [InlineData("82e6cfce00453804379b53962939eaa7906b39904be0813fcadd31b100773c4b", "010203", "040506")]
    [InlineData("f326493eceab4f2d9ffbc78c59432a0a005d6ea98392045c74df5d14a113be18", "0102", "0304", "0506", "0708", "090a")]
    public void Root_of_list_is_that_of_cometbft(string root, params string[] leaves)
    {
        List<byte[]> bytes = [];
        foreach (string leaf in leaves) bytes.Add(Convert.FromHexString(leaf));
        AssertHex(root, MerkleTree.Root(bytes));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(5, 4)]
    [InlineData(10, 8)]
    [InlineData(20, 16)]
    [InlineData(100, 64)]
    [InlineData(255, 128)]
    [InlineData(256, 128)]
    [InlineData(257, 256)]
    public void Split_is_the_largest_power_of_two_below_the_count(int count, int split)
    {
        // The left subtree's root, computed alone, must be the first half of the root's preimage.
        List<byte[]> leaves = Leaves(count);
        Hash256 expected = split == 0
            ? MerkleTree.LeafHash(leaves[0])
            : MerkleTree.InnerHash(MerkleTree.Root(leaves[..split]), MerkleTree.Root(leaves[split..]));
        Assert.Equal(expected, MerkleTree.Root(leaves));
    }

    [Fact]
    public void Proof_of_every_leaf_verifies_and_of_no_other_leaf_or_root()
    {
        for (int count = 1; count <= 40; count++)
        {
            List<byte[]> leaves = Leaves(count);
            Hash256 root = MerkleTree.Root(leaves);
            for (int i = 0; i < count; i++)
            {
                MerkleProof proof = MerkleTree.Prove(leaves, i);
                Assert.True(proof.Verify(root, leaves[i]));
                Assert.False(proof.Verify(root, "another"u8));
                Assert.False(proof.Verify(MerkleTree.LeafHash("another"u8), leaves[i]));
                Assert.False((proof with { Total = count + 1 }).Verify(root, leaves[i]) && count > 1 && i == count - 1);
                Assert.False((proof with { Aunts = [.. proof.Aunts, root] }).Verify(root, leaves[i]));
                if (count > 1) Assert.False((proof with { Aunts = proof.Aunts[1..] }).Verify(root, leaves[i]));
                if (count > 1) Assert.False((proof with { Index = (i + 1) % count }).Verify(root, leaves[i]));
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(1, 1)]
    [InlineData(1, -1)]
    [InlineData(long.MaxValue, 0)]
    [InlineData(long.MaxValue, long.MaxValue - 1)]
    public void Proof_of_impossible_shape_is_refused(long total, long index)
    {
        Hash256 leaf = MerkleTree.LeafHash("x"u8);
        Assert.False(new MerkleProof(total, index, leaf, []).TryComputeRoot(out _) && total != 1);
        Assert.False(new MerkleProof(total, index, leaf, new Hash256[Limits.MerkleAuntsMax + 1]).TryComputeRoot(out _));
    }

    [Fact]
    public void Proof_in_protobuf_has_the_fields_of_tendermint_crypto_Proof()
    {
        MerkleProof proof = MerkleTree.Prove(Leaves(3), 2);
        ProtoReader reader = new(proof.ToProto());
        List<int> fields = [];
        while (reader.Next())
        {
            fields.Add(reader.Field);
            if (reader.Field == 1) Assert.Equal(3ul, reader.Number);
            if (reader.Field == 2) Assert.Equal(2ul, reader.Number);
            if (reader.Field == 3) Assert.Equal(proof.LeafHash.ToArray(), reader.Bytes.ToArray());
            if (reader.Field == 4) Assert.Equal(proof.Aunts[0].ToArray(), reader.Bytes.ToArray());
        }
        Assert.True(reader.IsOk);
        Assert.Equal([1, 2, 3, 4], fields);
    }

    private static List<byte[]> Leaves(int count)
    {
        List<byte[]> leaves = [];
        for (int i = 0; i < count; i++) leaves.Add(Encoding.ASCII.GetBytes($"leaf {i}"));
        return leaves;
    }

    private static void AssertHex(string expected, Hash256 actual) => Assert.Equal(expected, Hex.Lower(actual.Span));
}
