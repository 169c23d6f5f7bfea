using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Market.Orders;

/// <summary>Finds what a provider would serve a request with.</summary>
public static class ResourceFit
{
    /// <summary>
    /// The units with the cards named: those that the provider asked for, else the first of its list that serve and are free. Nobody is
    /// given another card than was asked for, and every bid says which it is.
    /// </summary>
    /// <param name="asked">What the provider says of the cards; open parts leave it to the rules.</param>
    public static ResultCode Find(Provider provider, ResourceVector wanted, GpuKind asked, out ResourceVector found)
    {
        found = wanted;
        if (wanted.Gpus == 0) return provider.HasFree(wanted) ? ResultCode.Ok : ResultCode.Capacity;
        bool isServed = false;
        foreach (ClassCapacity entry in provider.Capacity)
        {
            bool serves = entry.Class == ResourceClass.Gpu && entry.Gpu.Serves(wanted.Gpu) && entry.Gpu.Serves(asked);
            if (!serves) continue;
            isServed = true;
            found = wanted with { Gpu = entry.Gpu };
            if (provider.HasFree(found)) return ResultCode.Ok;
        }
        return isServed ? ResultCode.Capacity : ResultCode.AttributeMismatch;
    }
}
