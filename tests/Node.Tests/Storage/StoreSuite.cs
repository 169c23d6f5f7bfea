using System;
using System.Collections.Generic;
using Chain.StateMachine.Store;
using FsCheck;
using FsCheck.Fluent;

namespace Chain.Node.Tests.Storage;

/// <summary>What every adapter of the store port must do.</summary>
public abstract class StoreSuite : IDisposable
{
    private readonly List<IKeyValueStore> _opened = [];

    public virtual void Dispose()
    {
        foreach (IKeyValueStore store in _opened) store.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A new, empty store.</summary>
    protected abstract IKeyValueStore Create();

    [Fact]
    public void Get_of_a_missing_key_is_null()
    {
        IKeyValueStore store = New();
        Assert.Null(store.Get(Column.State, Bytes("a")));
        Assert.Null(store.Get(Column.State, []));
    }

    [Fact]
    public void Written_values_are_read_from_their_column_only()
    {
        IKeyValueStore store = New();
        Write(store, batch =>
        {
            foreach (Column column in Enum.GetValues<Column>()) batch.Put(column, Bytes("key"), Bytes(column.ToString()));
            batch.Put(Column.Local, Bytes("empty"), []);
            batch.Put(Column.Local, [], Bytes("no key"));
        });
        foreach (Column column in Enum.GetValues<Column>()) Assert.Equal(Bytes(column.ToString()), store.Get(column, Bytes("key")));
        Assert.Equal([], store.Get(Column.Local, Bytes("empty"))!);
        Assert.Equal(Bytes("no key"), store.Get(Column.Local, []));
    }

    [Fact]
    public void Delete_and_overwrite_take_effect()
    {
        IKeyValueStore store = New();
        Write(store, batch =>
        {
            batch.Put(Column.State, Bytes("a"), Bytes("1"));
            batch.Put(Column.State, Bytes("b"), Bytes("1"));
        });
        Write(store, batch =>
        {
            batch.Delete(Column.State, Bytes("a"));
            batch.Delete(Column.State, Bytes("never there"));
            batch.Put(Column.State, Bytes("b"), Bytes("2"));
        });
        Assert.Null(store.Get(Column.State, Bytes("a")));
        Assert.Equal(Bytes("2"), store.Get(Column.State, Bytes("b")));
    }

    [Fact]
    public void Empty_batch_changes_nothing()
    {
        IKeyValueStore store = New();
        store.Write(new WriteBatch(), sync: false);
        store.Write(new WriteBatch(), sync: true);
        Assert.Equal("", Keys(store, "", ""));
    }

    [Theory]
    [InlineData("", "", "a ab b c")]
    [InlineData("a", "c", "a ab b")]
    [InlineData("aa", "bb", "ab b")]
    [InlineData("b", "", "b c")]
    [InlineData("", "b", "a ab")]
    [InlineData("d", "", "")]
    [InlineData("b", "b", "")]
    [InlineData("c", "a", "")]
    public void Iterate_walks_the_bounds_in_both_directions(string from, string to, string expected)
    {
        IKeyValueStore store = New();
        Write(store, batch =>
        {
            foreach (string key in (string[])["c", "a", "b", "ab"]) batch.Put(Column.Index, Bytes(key), Bytes("v" + key));
            batch.Put(Column.Blocks, Bytes("other column"), Bytes("x"));
        });
        Assert.Equal(expected, Keys(store, from, to));
        string[] reversed = expected.Split(' ');
        Array.Reverse(reversed);
        Assert.Equal(string.Join(' ', reversed), Keys(store, from, to, descending: true));
    }

    [Fact]
    public void Keys_are_ordered_as_unsigned_bytes()
    {
        IKeyValueStore store = New();
        byte[][] keys = [[], [0], [0, 0], [0x7f], [0x80], [0xff], [0xff, 0xff]];
        Write(store, batch => Array.ForEach(keys, key => batch.Put(Column.Nodes, key, [1])));
        using IKeyValueIterator walk = store.Iterate(Column.Nodes, [], []);
        foreach (byte[] key in keys)
        {
            Assert.True(walk.MoveNext());
            Assert.Equal(key, walk.Key.ToArray());
        }
        Assert.False(walk.MoveNext());
        Assert.False(walk.MoveNext());
    }

    [Fact]
    public void Walk_sees_the_store_as_it_was_when_it_began()
    {
        IKeyValueStore store = New();
        Write(store, batch => batch.Put(Column.State, Bytes("b"), Bytes("old")));
        using IKeyValueIterator walk = store.Iterate(Column.State, [], []);
        Write(store, batch =>
        {
            batch.Put(Column.State, Bytes("a"), Bytes("new"));
            batch.Put(Column.State, Bytes("b"), Bytes("new"));
            batch.Put(Column.State, Bytes("c"), Bytes("new"));
        });
        Assert.True(walk.MoveNext());
        Assert.Equal(Bytes("b"), walk.Key.ToArray());
        Assert.Equal(Bytes("old"), walk.Value.ToArray());
        Assert.False(walk.MoveNext());
    }

    [Fact]
    public void Snapshot_is_not_moved_by_later_writes()
    {
        IKeyValueStore store = New();
        Write(store, batch => batch.Put(Column.State, Bytes("a"), Bytes("old")));
        using IKeyValueSnapshot snapshot = store.Snapshot();
        Write(store, batch =>
        {
            batch.Delete(Column.State, Bytes("a"));
            batch.Put(Column.State, Bytes("b"), Bytes("new"));
        });
        Assert.Equal(Bytes("old"), snapshot.Get(Column.State, Bytes("a")));
        Assert.Null(snapshot.Get(Column.State, Bytes("b")));
        Assert.Equal("a", Keys(snapshot, "", ""));
        Assert.Equal("b", Keys(store, "", ""));
    }

    [Fact]
    public void Use_after_dispose_is_refused()
    {
        IKeyValueStore store = New();
        IKeyValueSnapshot snapshot = store.Snapshot();
        snapshot.Dispose();
        snapshot.Dispose();
        Assert.Throws<ObjectDisposedException>(() => snapshot.Get(Column.State, [1]));
        Assert.Throws<ObjectDisposedException>(() => snapshot.Iterate(Column.State, [], []));
        store.Dispose();
        store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => store.Get(Column.State, [1]));
        Assert.Throws<ObjectDisposedException>(() => store.Iterate(Column.State, [], []));
        Assert.Throws<ObjectDisposedException>(store.Snapshot);
        Assert.Throws<ObjectDisposedException>(() => store.Write(new WriteBatch(), sync: true));
    }

    [Fact]
    public void Random_batches_leave_what_a_dictionary_holds()
    {
        Gen<(byte[] Key, byte[]? Value)> change =
            from length in Gen.Choose(0, 3)
            from key in Gen.ArrayOf(Gen.Choose(0, 2).Select(i => (byte)(i * 127)), length)
            from size in Gen.Frequency((3, Gen.Choose(0, 9)), (1, Gen.Choose(100, 300)))
            from isDelete in Gen.Frequency((1, Gen.Constant(true)), (3, Gen.Constant(false)))
            select (key, isDelete ? null : new byte[size]);
        Gen<(byte[], byte[]?)[][]> batches = Gen.ArrayOf(Gen.ArrayOf(change));
        Prop.ForAll(batches.ToArbitrary(), writes =>
        {
            using IKeyValueStore store = Create();
            SortedDictionary<string, int> expected = new(StringComparer.Ordinal);
            foreach ((byte[], byte[]?)[] write in writes)
            {
                WriteBatch batch = new();
                foreach ((byte[] key, byte[]? value) in write)
                {
                    if (value is null) batch.Delete(Column.History, key);
                    else batch.Put(Column.History, key, value);
                    if (value is null) expected.Remove(Convert.ToHexString(key));
                    else expected[Convert.ToHexString(key)] = value.Length;
                }
                store.Write(batch, sync: false);
            }
            List<KeyValuePair<string, int>> found = [];
            using IKeyValueIterator walk = store.Iterate(Column.History, [], []);
            while (walk.MoveNext()) found.Add(new(Convert.ToHexString(walk.Key), walk.Value.Length));
            Assert.Equal(expected, found);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    protected static byte[] Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    protected static void Write(IKeyValueStore store, Action<WriteBatch> fill, bool sync = false)
    {
        WriteBatch batch = new();
        fill(batch);
        store.Write(batch, sync);
    }

    private static string Keys(IKeyValueReader reader, string from, string to, bool descending = false)
    {
        List<string> keys = [];
        using IKeyValueIterator walk = reader.Iterate(Column.Index, Bytes(from), Bytes(to), descending);
        while (walk.MoveNext()) keys.Add(System.Text.Encoding.ASCII.GetString(walk.Key));
        using IKeyValueIterator state = reader.Iterate(Column.State, Bytes(from), Bytes(to), descending);
        while (state.MoveNext()) keys.Add(System.Text.Encoding.ASCII.GetString(state.Key));
        return string.Join(' ', keys);
    }

    private IKeyValueStore New()
    {
        IKeyValueStore store = Create();
        _opened.Add(store);
        return store;
    }
}
