using System.Threading;
using System.Threading.Tasks;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;

namespace Chain.Node.Rpc;

/// <summary>
/// Tells readers that there is a new block. It holds the newest block only: a reader that is behind reads older ones from
/// the block store by height, so nobody's slowness costs memory.
/// </summary>
public sealed class BlockFeed
{
    private volatile Moment _moment = new(null);

    /// <summary>The newest published block, or null before the first one since the start.</summary>
    public StoredBlock? Latest => _moment.Block;

    /// <summary>
    /// Announces a block. Call it in height order, once the block is durable and the block store can read it. Never blocks.
    /// </summary>
    public void Publish(StoredBlock block)
    {
        Moment before = _moment;
        _moment = new Moment(block);
        before.Passed.SetResult();
    }

    /// <summary>Returns once a block above <paramref name="height"/> has been published.</summary>
    public async ValueTask WaitBeyondAsync(Height height, CancellationToken cancellation)
    {
        while (true)
        {
            Moment moment = _moment;
            if (moment.Block is { } block && block.Height > height) return;
            await moment.Passed.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private sealed class Moment(StoredBlock? block)
    {
        public StoredBlock? Block { get; } = block;

        public TaskCompletionSource Passed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
