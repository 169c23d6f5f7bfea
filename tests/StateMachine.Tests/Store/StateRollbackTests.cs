using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Tests.Store;

public sealed class StateRollbackTests
{
    private const int Heights = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Roll_back_leaves_the_rows_that_stood_after_each_height(int seed)
    {
        StateHistory history = new(seed);
        List<List<(string, string)>> rows = [];
        for (int i = 1; i <= Heights; i++)
        {
            history.Advance(new Height(i), changesMax: 25);
            rows.Add(AllRows(history.Database));
        }
        for (int target = Heights; target >= 1; target--)
        {
            WriteBatch batch = new();
            Assert.True(StateRollback.TryPrepare(history.Database, new Height(target), batch));
            BatchOverlayReader overlaid = new(history.Database, [batch]);
            Assert.Equal(rows[target - 1], AllRows(overlaid));
            // Every third height is really gone back to, the others are skipped over.
            if (target % 3 == 0) history.Database.Write(batch, sync: true);
        }
        Assert.Equal(rows[2], AllRows(history.Database));
    }

    [Fact]
    public void Roll_back_to_a_height_that_is_not_kept_is_refused()
    {
        StateHistory history = new(seed: 9);
        for (int i = 1; i <= Heights; i++) history.Advance(new Height(i), changesMax: 10);
        WriteBatch pruning = new();
        history.State.PruneBelow(new Height(6), int.MaxValue, pruning);
        history.Database.Write(pruning, sync: true);
        WriteBatch batch = new();
        Assert.False(StateRollback.TryPrepare(history.Database, new Height(5), batch));
        Assert.False(StateRollback.TryPrepare(history.Database, new Height(Heights + 1), batch));
        Assert.Equal(0, batch.Count);
        Assert.True(StateRollback.TryPrepare(history.Database, new Height(6), batch));
    }

    private static List<(string, string)> AllRows(IKeyValueReader reader)
    {
        List<(string, string)> rows = [];
        foreach (Column column in Enum.GetValues<Column>()) rows.AddRange(StateTreeCheck.Rows(reader, column));
        return rows;
    }
}
