using System.Collections.Generic;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Proof.Probes;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Transactions.Stake;

/// <summary>Kind 5: bond, unbond, claim. Unbonding runs on market time, and stake on its way out stays slashable.</summary>
public static class StakeRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        Stake request = (Stake)message;
        Provider? provider = null;
        RoleHolder? holder = null;
        if (request.Role == Role.Provider) provider = CapacityClock.LoadProvider(context, context.Sender);
        else holder = RoleHolders.Load(context.State, request.Role, context.Sender);
        StakeBalance? stake = provider?.Stake ?? holder?.Stake;
        if (stake is null) return ResultCode.NotFound;
        bool isDrawn = request.Role is Role.Juror or Role.Prober && request.Action != StakeAction.Claim;
        if (isDrawn && Draws.AreRunning(context.State)) return ResultCode.TooEarly;

        // A provider that left the market may take its last stake; every other role keeps its minimum.
        bool mayLeave = provider?.Status is ProviderStatus.Exiting or ProviderStatus.Retired && provider.LiveLeases == 0;
        ulong keep = mayLeave ? 0 : context.Block.Parameters.StakeMin(request.Role);
        ulong moved = request.Amount;
        StakeBalance changed;
        ResultCode code = request.Action switch
        {
            StakeAction.Bond => Bond(context, stake, request.Amount, out changed),
            StakeAction.Unbond => Unbond(context, stake, request.Amount, keep, out changed),
            _ => Claim(context, stake, request.Amount, out changed, out moved),
        };
        if (code != ResultCode.Ok) return code;

        if (provider is not null) Providers.Store(context.State, provider with { Stake = changed });
        else RoleHolders.Store(context.State, holder! with { Stake = changed });
        if (request.Role == Role.Prober && request.Action == StakeAction.Bond) ProbeClock.Wake(context);
        context.Emit(new Event("StakeChanged",
        [
            new("address", context.Sender),
            new("role", RoleNames.Of(request.Role)),
            new("action", NameOf(request.Action)),
            new("amount", moved),
            new("bonded", changed.Bonded),
        ]));
        return ResultCode.Ok;
    }

    private static ResultCode Bond(ExecutionContext context, StakeBalance stake, ulong amount, out StakeBalance changed)
    {
        changed = stake;
        if (amount == 0) return ResultCode.BelowMinimum;
        ResultCode debited = Ledger.Debit(context.State, context.Sender, amount);
        if (debited == ResultCode.Ok) changed = stake with { Bonded = stake.Bonded + amount };
        return debited;
    }

    private static ResultCode Unbond(
        ExecutionContext context, StakeBalance stake, ulong amount, ulong keep, out StakeBalance changed)
    {
        changed = stake;
        if (amount == 0) return ResultCode.BelowMinimum;
        ulong fixedPart = stake.Locked + keep;
        if (stake.Bonded < fixedPart || amount > stake.Bonded - fixedPart) return ResultCode.StakeLocked;
        if (stake.Unbonding.Count == StakeBalance.UnbondingEntriesMax) return ResultCode.OverMaximum;
        UnbondingEntry entry = new(amount, context.Now + context.Block.Parameters.UnbondingSeconds);
        changed = stake with { Bonded = stake.Bonded - amount, Unbonding = [.. stake.Unbonding, entry] };
        return ResultCode.Ok;
    }

    private static ResultCode Claim(
        ExecutionContext context, StakeBalance stake, ulong amount, out StakeBalance changed, out ulong claimed)
    {
        changed = stake;
        claimed = 0;
        if (amount != 0) return ResultCode.OverMaximum;
        List<UnbondingEntry> waiting = [];
        foreach (UnbondingEntry entry in stake.Unbonding)
        {
            if (entry.Due <= context.Now) claimed += entry.Amount;
            else waiting.Add(entry);
        }
        if (claimed == 0) return stake.Unbonding.Count == 0 ? ResultCode.NotFound : ResultCode.TooEarly;
        changed = stake with { Unbonding = waiting };
        return Ledger.Credit(context.State, context.Sender, claimed);
    }

    private static string NameOf(StakeAction action) => action switch
    {
        StakeAction.Bond => "bond",
        StakeAction.Unbond => "unbond",
        _ => "claim",
    };
}
