using Chain.StateMachine.Store;

namespace Chain.Node.Tests.Storage;

public sealed class LossyStoreTests : StoreSuite
{
    protected override IKeyValueStore Create() => new LossyStore();

    [Fact]
    public void Power_failure_drops_what_came_after_the_last_sync()
    {
        using LossyStore store = new();
        Write(store, batch => batch.Put(Column.State, Bytes("a"), Bytes("1")));
        Write(store, batch => batch.Put(Column.State, Bytes("b"), Bytes("1")), sync: true);
        Write(store, batch => batch.Put(Column.State, Bytes("a"), Bytes("2")));
        Write(store, batch =>
        {
            batch.Delete(Column.State, Bytes("b"));
            batch.Put(Column.State, Bytes("c"), Bytes("1"));
        });
        Assert.Equal(2, store.UnsyncedCount);
        store.Dispose();
        store.LoseUnsynced();
        Assert.Equal(0, store.UnsyncedCount);
        Assert.Equal(Bytes("1"), store.Get(Column.State, Bytes("a")));
        Assert.Equal(Bytes("1"), store.Get(Column.State, Bytes("b")));
        Assert.Null(store.Get(Column.State, Bytes("c")));
    }

    [Fact]
    public void Power_failure_may_keep_the_oldest_unsynced_batches()
    {
        using LossyStore store = new();
        for (int i = 0; i < 5; i++) Write(store, batch => batch.Put(Column.State, Bytes("a"), [(byte)i]));
        store.LoseUnsynced(kept: 3);
        Assert.Equal([(byte)2], store.Get(Column.State, Bytes("a"))!);
    }

    [Fact]
    public void Empty_synced_batch_makes_earlier_ones_durable()
    {
        using LossyStore store = new();
        Write(store, batch => batch.Put(Column.State, Bytes("a"), Bytes("1")));
        store.Write(new WriteBatch(), sync: true);
        store.LoseUnsynced();
        Assert.Equal(Bytes("1"), store.Get(Column.State, Bytes("a")));
    }
}
