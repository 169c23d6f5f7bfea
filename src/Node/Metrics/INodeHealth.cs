using System.Collections.Generic;

namespace Chain.Node.Metrics;

/// <summary>Checks by name, each with a text that says why not; an empty text is a pass.</summary>
public interface INodeHealth
{
    /// <summary>The process works.</summary>
    IReadOnlyList<(string Check, string WhyNot)> Live { get; }

    /// <summary>It also does what it is there for.</summary>
    IReadOnlyList<(string Check, string WhyNot)> Ready { get; }
}
