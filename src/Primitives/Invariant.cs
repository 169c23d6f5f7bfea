using System.Diagnostics.CodeAnalysis;

namespace Chain.Primitives;

/// <summary>Assertions that stay on in release. A broken one stops the node (exit code 70) before anything is persisted.</summary>
public static class Invariant
{
    /// <summary>Throws <see cref="InvariantException"/> unless the condition holds.</summary>
    public static void Holds([DoesNotReturnIf(false)] bool condition, string what)
    {
        if (!condition) throw new InvariantException(what);
    }
}
