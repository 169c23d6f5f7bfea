using System.Collections.Generic;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Genesis;

/// <summary>How resource classes are written in genesis files and events.</summary>
internal static class ResourceNames
{
    public static IReadOnlyList<string> All { get; } = ["cpu_milli", "memory_mib", "storage_gib", "gpu"];

    /// <summary>Classes count from 1 in the order of the names.</summary>
    public static string Of(ResourceClass resource) => All[(int)resource - 1];

    public static ResourceClass At(int index) => (ResourceClass)(index + 1);
}
