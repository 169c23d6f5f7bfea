using System.Threading;

namespace Chain.Node.Metrics;

/// <summary>How often a measure fell below each of some bounds, as Prometheus counts it. Safe for many threads.</summary>
public sealed class Histogram
{
    private readonly Lock _gate = new();
    private readonly double[] _bounds;
    private readonly long[] _counts;
    private double _sum;

    /// <param name="bounds">Upper bounds, ascending; one without end is added.</param>
    public Histogram(params double[] bounds)
    {
        _bounds = bounds;
        _counts = new long[bounds.Length + 1];
    }

    /// <summary>Prometheus' own bounds, for seconds.</summary>
    public static Histogram OfSeconds() => new(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10);

    /// <summary>For seconds of rounds and steps: 0.1 to 100 in eight steps, as in CometBFT.</summary>
    public static Histogram OfRoundSeconds() => new(.1, .26827, .71969, 1.93070, 5.17947, 13.8950, 37.2759, 100);

    /// <summary>For seconds of a disk: from 0.1 ms on.</summary>
    public static Histogram OfDiskSeconds() => new(.0001, .0004, .002, .009, .02, .1, .65, 2, 6, 25);

    public void Observe(double value)
    {
        int place = 0;
        while (place < _bounds.Length && value > _bounds[place]) place++;
        lock (_gate)
        {
            _counts[place]++;
            _sum += value;
        }
    }

    /// <summary>The bounds, how many lie in each place up to and including the one without end, and the sum of all.</summary>
    public (double[] Bounds, long[] Counts, double Sum) Read()
    {
        lock (_gate) return (_bounds, [.. _counts], _sum);
    }
}
