using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Transactions.Update;

/// <summary>
/// The edges of a provider's status that it takes by itself (marketplace.md 5.2). The way out of jail is here, not among the stakes: it
/// is a change of status, and needs no money when the stake is still enough. The way out of a suspension is a snapshot.
/// </summary>
internal static class StatusRules
{
    public static ResultCode Change(ExecutionContext context, Provider provider, StatusChange change, out Provider after)
    {
        if (change == StatusChange.Unjail) return Jails.TryLeave(context, provider, out after);
        bool isResting = provider.Status is ProviderStatus.Paused or ProviderStatus.Suspended or ProviderStatus.Jailed;
        after = change switch
        {
            StatusChange.Pause => provider with
            {
                Status = ProviderStatus.Paused,
                ReturnsToProbation = provider.Status == ProviderStatus.Probation,
            },
            StatusChange.Resume => Returned(provider),
            StatusChange.Exit => provider with { Status = ProviderStatus.Exiting, ReturnsToProbation = false },
            StatusChange.Retire => provider with { Status = ProviderStatus.Retired },
            _ => provider,
        };
        bool isAllowed = change switch
        {
            StatusChange.Pause => provider.MayBid,
            StatusChange.Resume => provider.Status == ProviderStatus.Paused,
            // A seat stands on the stake that an exit sets free: it is left first (kind 32).
            StatusChange.Exit => (provider.MayBid || isResting) && Seats.Of(context.State, provider.Address) is null,
            StatusChange.Retire => provider.Status == ProviderStatus.Exiting && IsDone(provider),
            _ => true,
        };
        if (!isAllowed) return ResultCode.BadState;
        // Who leaves for good has no seat to return to; a slash still reaches the stake while it unbonds.
        if (change == StatusChange.Exit) Jails.Forget(context.State, provider.Address);
        return ResultCode.Ok;
    }

    /// <summary>Back from a pause or a suspension to where it was.</summary>
    public static Provider Returned(Provider provider) => provider with
    {
        Status = provider.ReturnsToProbation ? ProviderStatus.Probation : ProviderStatus.Active,
        ReturnsToProbation = false,
    };

    /// <summary>No lease lives, no bid holds units, and the whole stake has been claimed.</summary>
    private static bool IsDone(Provider provider)
    {
        foreach (ClassCapacity entry in provider.Capacity)
        {
            if (entry.Reserved != 0) return false;
        }
        return provider.LiveLeases == 0 && provider.Stake.Held == 0;
    }
}
