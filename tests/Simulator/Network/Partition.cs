using System.Collections.Generic;
using Chain.Simulator.Options;

namespace Chain.Simulator.Network;

/// <summary>Which nodes do not hear which: true at [from, to] is a link that is cut.</summary>
internal static class Partition
{
    public static bool[,] Draw(PartitionShape shape, int nodes, Dice dice)
    {
        bool[,] isCut = new bool[nodes, nodes];
        List<int> order = [];
        for (int i = 0; i < nodes; i++) order.Add(i);
        dice.Shuffle(order);
        int split = dice.Below(nodes - 1) + 1;
        for (int a = 0; a < nodes; a++)
        {
            for (int b = 0; b < nodes; b++)
            {
                if (a != b) isCut[order[a], order[b]] = IsCut(shape, a, b, split, nodes);
            }
        }
        return isCut;
    }

    /// <param name="split">How many of the shuffled nodes are on the first side.</param>
    private static bool IsCut(PartitionShape shape, int from, int to, int split, int nodes) => shape switch
    {
        PartitionShape.Halves => from < nodes / 2 != to < nodes / 2,
        PartitionShape.Split => from < split != to < split,
        PartitionShape.Isolated => from == 0 || to == 0,
        PartitionShape.Deaf => to == 0,
        PartitionShape.Mute => from == 0,
        PartitionShape.OneWay => from < split && to >= split,
        // The last node is the only one that both sides hear.
        PartitionShape.Bridge => from != nodes - 1 && to != nodes - 1 && from < nodes / 2 != to < nodes / 2,
        PartitionShape.Ring => (from + 1) % nodes != to && (to + 1) % nodes != from,
        _ => from != to,
    };
}
