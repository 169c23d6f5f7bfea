using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance.Upgrades;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Governance.Contents;

/// <summary>Other rules from a time on; the version in force calls a planned upgrade off.</summary>
/// <param name="Version">The next application version, or the present one.</param>
/// <param name="Program">SHA-256 of what operators are to run; zero for none.</param>
/// <param name="At">Market time of the last block under the old rules, or, if its time lock ends later, that.</param>
public sealed record UpgradeChange(ulong Version, Hash256 Program, MarketTime At) : ProposalContent
{
    public override ProposalKind Kind => ProposalKind.Upgrade;

    protected override int FieldCount => 3;

    public override ulong LockSeconds(Parameters parameters) => parameters.UpgradeLockSeconds;

    public override ResultCode Check(ExecutionContext context)
    {
        ulong current = AppVersions.Current(context.State);
        if (Version == current) return UpgradePlans.Load(context.State) is null ? ResultCode.NotFound : ResultCode.Ok;
        return Version == current + 1 ? ResultCode.Ok : ResultCode.ParameterBounds;
    }

    /// <summary>Its time is not before the earliest at which it can have been accepted and waited for.</summary>
    public override ResultCode CheckProposed(ExecutionContext context)
    {
        ResultCode code = Check(context);
        if (code != ResultCode.Ok || Version == AppVersions.Current(context.State)) return code;
        Parameters parameters = Parameters.Load(context.State);
        bool hasPanel = Accreditations.Holders(context.State, Accreditations.ScopePanel, context.Now).Count > 0;
        ulong panel = hasPanel ? parameters.PanelSeconds : 0;
        MarketTime earliest = context.Now + (panel + parameters.VotingSeconds + parameters.UpgradeLockSeconds);
        return At < earliest ? ResultCode.TimeLock : ResultCode.Ok;
    }

    public override void Apply(ExecutionContext context)
    {
        UpgradePlan? before = UpgradePlans.Load(context.State);
        // Guardians may put a proposal off beyond its time; that delays the upgrade and does not undo it.
        UpgradePlan? plan = Version == AppVersions.Current(context.State)
            ? null
            : new UpgradePlan(Version, Program, At > context.Now ? At : context.Now + 1);
        UpgradePlans.Store(context.State, plan, before);
        context.Emit(new Event(plan is null ? "UpgradeCalledOff" : "UpgradePlanned",
        [
            new("version", plan?.Version ?? before!.Version),
            new("program", plan?.Program ?? before!.Program),
            new("at", plan?.At.Seconds ?? 0),
        ]));
    }

    protected override void WriteFields(ref MessagePackWriter writer) => writer.UInt(Version).Bin(Program).UInt(At.Seconds);

    internal static UpgradeChange ReadFields(ref MessagePackReader reader) =>
        new(reader.UInt(), reader.Hash256(), new MarketTime(reader.UInt()));
}
