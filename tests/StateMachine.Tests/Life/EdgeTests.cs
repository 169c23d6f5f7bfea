using System;
using System.Collections.Generic;
using System.Linq;

namespace Chain.StateMachine.Tests.Life;

/// <summary>Every edge of the state machines of marketplace.md 5.2 is taken, and no other (P10).</summary>
public sealed class EdgeTests
{
    private const int Lives = 25;

    [Fact]
    public void P10_edges_taken_are_those_of_the_table()
    {
        SortedSet<string> seen = new(StringComparer.Ordinal);
        for (int life = 0; life < Lives; life++)
        {
            LifeWorld world = new();
            EdgeBook edges = new(world.Chain.State);
            Random random = new(life);
            for (int step = 0; step < 200; step++)
            {
                LifeScript.Play(world, random.Next());
                edges.Note(world.Last);
            }
            seen.UnionWith(edges.Seen);
        }
        // What takes a plan is played on purpose.
        seen.UnionWith(EdgeStories.Play());
        string missing = string.Join(", ", EdgeTable.All.Except(seen));
        Assert.True(missing.Length == 0, $"never taken: {missing}");
        Assert.Empty(seen.Except(EdgeTable.All));
    }
}
