using System;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Trust.Reputation;

namespace Chain.Node.Queries;

/// <summary>
/// What a search asks of a provider: <c>region, status, min_cpu, min_memory, min_storage, min_gpus, gpu, min_reputation</c>. Units are what
/// is free now.
/// </summary>
internal sealed record ProviderSearch(
    string? Region, ProviderStatus? Status, ResourceVector Units, ulong? ReputationMinBps)
{
    /// <summary>Null, with the reason, where an option cannot be read.</summary>
    public static ProviderSearch? Read(QueryArguments arguments, out string error)
    {
        error = "";
        if (!arguments.TryEnumOption("status", out ProviderStatus? status)) error = "unknown status";
        if (!arguments.TryNumberOption("min_cpu", out ulong? cpu)) error = "min_cpu is no number";
        if (!arguments.TryNumberOption("min_memory", out ulong? memory)) error = "min_memory is no number";
        if (!arguments.TryNumberOption("min_storage", out ulong? storage)) error = "min_storage is no number";
        if (!arguments.TryNumberOption("min_gpus", out ulong? gpus)) error = "min_gpus is no number";
        if (!arguments.TryNumberOption("min_reputation", out ulong? reputation)) error = "min_reputation is no number";
        GpuKind kind = GpuKind.Any;
        string? card = arguments.Option("gpu");
        if (card is not null && !GpuKind.TryParse(card, out kind)) error = "gpu is no kind of card, as nvidia/h100/80/sxm";
        ulong cards = gpus ?? (card is null ? 0UL : 1UL);
        ResourceVector units = new(cpu ?? 0, memory ?? 0, storage ?? 0, cards) { Gpu = kind };
        return error.Length > 0 ? null : new ProviderSearch(arguments.Option("region"), status, units, reputation);
    }

    /// <summary>True when a provider is as asked for, by what the state says.</summary>
    public bool Matches(IStateReader state, Provider provider)
    {
        bool isThere = (Status is null || provider.Status == Status)
            && (Region is null || string.Equals(provider.Region, Region, StringComparison.Ordinal));
        return isThere && HasFree(provider) && IsTrusted(state, provider);
    }

    private bool HasFree(Provider provider)
    {
        foreach (ResourceClass resource in Enum.GetValues<ResourceClass>())
        {
            ulong wanted = Units.Of(resource);
            bool isFound = wanted == 0;
            foreach (ClassCapacity entry in provider.Capacity)
            {
                bool serves = entry.Class == resource && (resource != ResourceClass.Gpu || entry.Gpu.Serves(Units.Gpu));
                isFound |= serves && entry.Free >= wanted;
            }
            if (!isFound) return false;
        }
        return true;
    }

    private bool IsTrusted(IStateReader state, Provider provider)
    {
        if (ReputationMinBps is not { } least) return true;
        MarketTime now = FeeState.Load(state).UpdatedAt;
        return ReputationBook.BpsOf(state, provider.Address, now, Parameters.Load(state)) >= least;
    }
}
