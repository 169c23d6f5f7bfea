using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Probes;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Transactions.Register;

/// <summary>
/// Kind 3: bonds the stake and enters the role; a provider starts in probation. Those that are drawn by stake, jurors and probers,
/// neither come nor change theirs while a draw runs: a few blocks.
/// </summary>
public static class RegisterRules
{
    public static ResultCode Apply(ExecutionContext context, Message message)
    {
        Register register = (Register)message;
        Parameters parameters = context.Block.Parameters;
        Address sender = context.Sender;
        if (IsHeld(context, register.Role)) return ResultCode.Exists;
        if (!IsWellFormed(register)) return ResultCode.BadSchema;
        if (register.StakeAmount < parameters.StakeMin(register.Role)) return ResultCode.BelowMinimum;
        bool isDrawn = register.Role is Role.Juror or Role.Prober;
        if (isDrawn && Draws.AreRunning(context.State)) return ResultCode.TooEarly;
        bool isAccredited = !parameters.IsByGrant(register.Role)
            || Accreditations.Holds(context.State, sender, Accreditations.RoleScope(register.Role), context.Now);
        if (!isAccredited) return ResultCode.NotAccredited;
        ResultCode debited = Ledger.Debit(context.State, sender, register.StakeAmount);
        if (debited != ResultCode.Ok) return debited;

        StakeBalance stake = new(register.StakeAmount, 0, []);
        if (register.Role == Role.Provider)
        {
            Provider provider = new(
                sender, ProviderStatus.Probation, stake, register.Region, register.Attributes, register.Capacity,
                register.Did, register.EndpointHash, register.SchemaVersion, context.Now, LiveLeases: 0)
            {
                SnapshotDue = SnapshotClock.DueAfter(context.Now, parameters),
            };
            Providers.Store(context.State, provider);
            SnapshotClock.Schedule(context.State, provider);
        }
        else
        {
            RoleHolders.Store(context.State, new RoleHolder(register.Role, sender, stake, register.Did, context.Now));
            if (register.Role == Role.Prober) ProbeClock.Wake(context);
        }
        context.Emit(new Event("Registered",
        [
            new("address", sender),
            new("role", RoleNames.Of(register.Role)),
            new("stake", register.StakeAmount),
        ]));
        return ResultCode.Ok;
    }

    private static bool IsHeld(ExecutionContext context, Role role) => role == Role.Provider
        ? Providers.Load(context.State, context.Sender) is not null
        : RoleHolders.Load(context.State, role, context.Sender) is not null;

    /// <summary>A provider says where it is and what it has; the other roles have neither.</summary>
    private static bool IsWellFormed(Register register)
    {
        bool namesPlaceAndCapacity = register.Region.Length > 0 && register.Capacity.Count > 0;
        if (register.Role == Role.Provider) return namesPlaceAndCapacity;
        return register.Region.Length == 0 && register.Capacity.Count == 0 && register.Attributes.Count == 0
            && register.EndpointHash.IsZero;
    }
}
