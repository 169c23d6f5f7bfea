using System;
using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Snapshots;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Node.Tests.Snapshots;

public sealed class SnapshotKeeperTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeper_is_closed_once_the_piece_under_way_is_done_and_no_other_begins()
    {
        using SyncWorld world = new(height: SyncWorld.Interval + 2);
        Height height = world.Server.Tip.Height;
        using SlowStore store = new(world.Home.Store);
        Task work = Task.CompletedTask;
        SnapshotKeeper keeper = new(store, new SnapshotStore(store), height.Value, RunApart, NullLogger.Instance);
        keeper.Tick(height);
        Assert.Equal(height, keeper.Making);
        await store.Writing.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Task closing = Task.Run(keeper.Dispose, Cancel);
        Task first = await Task.WhenAny(closing, Task.Delay(50, Cancel));
        Assert.NotSame(closing, first);
        store.Go.SetResult();
        await closing.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        int writes = store.Writes;
        await work.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal(writes, store.Writes);

        void RunApart(Action run)
        {
            store.IsSlow = true;
            work = Task.Run(run, Cancel);
        }
    }

    /// <summary>Waits before each write once it is slow.</summary>
    private sealed class SlowStore(IKeyValueStore inner) : IKeyValueStore
    {
        public bool IsSlow { get; set; }

        public int Writes { get; private set; }

        public TaskCompletionSource Writing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public byte[]? Get(Column column, ReadOnlySpan<byte> key) => inner.Get(column, key);

        public IKeyValueIterator Iterate(Column column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool descending = false) =>
            inner.Iterate(column, from, to, descending);

        public void Write(WriteBatch batch, bool sync)
        {
            if (IsSlow)
            {
                Writing.TrySetResult();
                Go.Task.WaitAsync(Cancel).GetAwaiter().GetResult();
            }
            Writes++;
            inner.Write(batch, sync);
        }

        public IKeyValueSnapshot Snapshot() => inner.Snapshot();

        public void Dispose() => Go.TrySetResult();
    }
}
