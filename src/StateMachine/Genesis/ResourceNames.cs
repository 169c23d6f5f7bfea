using System.Collections.Generic;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Genesis;

/// <summary>How resource classes are written in genesis files and events. Cards are a list of their own, since there are many kinds.</summary>
internal static class ResourceNames
{
    public const string Gpus = "gpus";

    public static IReadOnlyList<string> Counted { get; } = ["cpu_milli", "memory_mib", "storage_gib"];

    public static IReadOnlyList<string> All { get; } = [.. Counted, Gpus];

    /// <summary>Classes count from 1 in the order of the names.</summary>
    public static string Of(ResourceClass resource) => All[(int)resource - 1];

    public static ResourceClass At(int index) => (ResourceClass)(index + 1);
}
