using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Chain.Client.Errors;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.Cli.Terminal;

/// <summary>Options that may be repeated, <c>name=value</c> or names, sorted as the chain wants its lists.</summary>
internal static class Pairs
{
    public static ProviderAttribute[] ReadAttributes(IEnumerable<string> pairs) =>
        [.. pairs.Select(Split).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => new ProviderAttribute(p.Name, p.Value))];

    public static ClassCapacity[] ReadCapacity(IEnumerable<string> pairs)
    {
        List<ClassCapacity> capacity = [];
        foreach ((string name, string value) in pairs.Select(Split))
        {
            bool isUnits = ulong.TryParse(value, NumberStyles.None, NumberFormatInfo.InvariantInfo, out ulong units);
            if (isUnits && GpuKind.TryParse(name, out GpuKind kind) && kind.IsNamed)
            {
                capacity.Add(ClassCapacity.OfGpu(kind, units));
                continue;
            }
            if (!JsonNames.TryParse(name, out ResourceClass resource) || resource == ResourceClass.Gpu || !isUnits)
            {
                throw new ClientException(ClientErrorCode.BadInput, $"'{name}={value}' is not a capacity.",
                    "It is written class=units, with cpu_milli, memory_mib, storage_gib or a kind of card.",
                    "For example --capacity cpu_milli=8000 --capacity nvidia/h100/80/sxm=8.");
            }
            capacity.Add(new ClassCapacity(resource, units));
        }
        capacity.Sort((left, right) => left.CompareTo(right));
        return [.. capacity];
    }

    public static AttestationSchema ReadSchema(string name) => JsonNames.TryParse(name, out AttestationSchema schema)
        ? schema
        : throw new ClientException(ClientErrorCode.BadInput, $"'{name}' is not something that is attested.",
            $"Attested are: {JsonNames.AllOf<AttestationSchema>()}.", "Choose one of them.");

    private static (string Name, string Value) Split(string pair)
    {
        int place = pair.IndexOf('=', StringComparison.Ordinal);
        if (place > 0) return (pair[..place], pair[(place + 1)..]);
        throw new ClientException(ClientErrorCode.BadInput, $"'{pair}' has no '='.",
            "A name and a value are written name=value.",
            "For example --attribute gpu-model=h100.");
    }
}
