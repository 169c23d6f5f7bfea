using System.Text;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tree;

namespace Chain.StateMachine.Tests.Tree;

/// <summary>Roots that the <c>jmt</c> crate publishes (its <c>sha2_256_vectors.json</c>), from the same code as ours.</summary>
public sealed class JmtVectorTests
{
    [Theory]
    [InlineData("5350415253455F4D45524B4C455F504C414345484F4C4445525F484153485F5F")]
    [InlineData("6B97115F56E533F2FD443F7E76E4D1FF94D34E6B2E233F2DBDF5CFD1EC39A30C", "hello")]
    [InlineData("E1E1E220D4B4A9611A9A09DBCEE964B4A6C3A40F6F4DEE265AD45CF64568790B", "hello", "goodbye")]
    public void Root_with_the_crates_constants_is_the_crates(string root, params string[] keys)
    {
        TreeChange[] changes = new TreeChange[keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            byte[] key = Encoding.UTF8.GetBytes(keys[i]);
            changes[i] = TreeChange.Put(TreeHashing.JmtCrate, key, Sha256.Hash(key), "world"u8);
        }
        System.Array.Sort(changes);
        using MemoryStore store = new();
        JellyfishTree tree = new(store, StoreId.Market, TreeHashing.JmtCrate);
        TreeUpdate update = tree.Update(default, 1, changes);
        foreach (TreeJob job in update.Jobs) job.Run();
        Assert.Equal(root, update.Finish(new WriteBatch()).RootHash(TreeHashing.JmtCrate).ToString());
    }
}
