using System.Collections.Generic;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Governance.Messages;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Transactions;
using Chain.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Chain.StateMachine.Tests.Governance;

/// <summary>
/// marketplace.md 5.6, P23: whatever is proposed, voted and put off, the parameters stay within their bounds and fit each other, and
/// no version changes before the time lock of an upgrade is over. P1 and P9 besides.
/// </summary>
public sealed class GovernancePropertyTests
{
    private static Gen<ProposalContent> Contents { get; } = Gen.OneOf(
        from id in Gen.Choose(0, ParameterTable.Entries.Count - 1)
        from other in Gen.Choose(0, ParameterTable.Entries.Count - 1)
        from percent in Gen.Choose(40, 210)
        select (ProposalContent)Around(ParameterTable.Entries[id].Id, ParameterTable.Entries[other].Id, (ulong)percent),
        from version in Gen.Choose(0, 3)
        from seconds in Gen.Choose(0, 200)
        select (ProposalContent)new UpgradeChange((ulong)version, default, new MarketTime((ulong)(Execution.TestGenesis.Time.Seconds + seconds))),
        from amount in Gen.Choose(0, 20)
        select (ProposalContent)new TreasurySpend(Execution.TestKeys.AddressOf("bob"), (ulong)amount * GovernanceWorld.Credit));

    private static Gen<Step> Steps { get; } = Gen.Frequency(
        (2, from content in Contents select new Step(new Propose(content, GovernanceWorld.Deposit, default), "alice", 1)),
        // Three of four want the same, so that what is proposed is often accepted.
        (6, from behind in Gen.Choose(0, 3)
            from choice in Gen.Frequency((6, Gen.Constant(VoteChoice.Yes)), (1, Gen.Constant(VoteChoice.No)))
            select new Step(new CastVote(VoteAction.Ballot, (ulong)behind, choice), "", 1)),
        (1, from guardian in Gen.Elements(GovernanceWorld.Guardians)
            from proposal in Gen.Choose(1, 6)
            select new Step(new CastVote(VoteAction.Delay, (ulong)proposal, VoteChoice.Yes), guardian, 1)),
        (1, from seconds in Gen.Choose(1, 30) select new Step(null, "", (ulong)seconds)));

    [Fact]
    public void Parameters_stay_within_bounds_and_no_upgrade_comes_before_its_lock()
    {
        int executed = 0;
        PropertyCheck.Holds(
            from count in Gen.Choose(20, 80)
            from steps in Steps.ListOf(count)
            select new List<Step>(steps),
            steps =>
            {
                GovernanceWorld world = new();
                ulong? upgradeOpened = null;
                foreach (Step step in steps)
                {
                    if (AppVersions.Current(world.Chain.State) != 1) break;
                    ulong lockSeconds = world.Parameters.UpgradeLockSeconds;
                    if (step.Message is null) world.Pass(step.Seconds);
                    else if (step.Message is CastVote { Action: VoteAction.Ballot } vote) VoteOf(world, vote);
                    else if (world.Send(step.Sender, step.Message) == ResultCode.Ok && step.Message is Propose { Content: UpgradeChange })
                    {
                        upgradeOpened ??= world.Now.Seconds;
                    }
                    if (world.Happened("ParameterChanged")) executed++;
                    if (!ParameterBounds.TryCheck(world.Parameters, out _, out _)) return false;
                    bool isUpgraded = AppVersions.Current(world.Chain.State) != 1;
                    if (isUpgraded && (upgradeOpened is null || world.Now.Seconds - upgradeOpened < lockSeconds)) return false;
                }
                // Everything ends: after its longest way nothing is open, and nothing holds credits.
                if (AppVersions.Current(world.Chain.State) != 1) return true;
                for (ulong id = 1; id <= Counters.Last(world.Chain.State, CounterKind.Proposal); id++)
                {
                    while (world.Read(id) is { HasEnded: false } && AppVersions.Current(world.Chain.State) == 1) world.Pass(10);
                    if (world.Read(id) is { HasEnded: true, Deposits.Count: > 0 }) return false;
                }
                return true;
            }, 60);
        Assert.True(executed > 5, $"the law saw {executed} changes");
    }

    /// <summary>The vote's number counts back from the newest proposal.</summary>
    private static void VoteOf(GovernanceWorld world, CastVote vote)
    {
        ulong last = Counters.Last(world.Chain.State, CounterKind.Proposal);
        if (vote.ProposalId >= last) return;
        foreach (string validator in GovernanceWorld.Validators[..3]) world.Vote(validator, last - vote.ProposalId, vote.Choice);
    }

    private static ParameterChanges Around(ParameterId id, ParameterId other, ulong percent)
    {
        SortedDictionary<ParameterId, ParameterValue> changes = [];
        foreach (ParameterId one in (ParameterId[])[id, other])
        {
            System.UInt128 value = (System.UInt128)Parameters.Devnet[one] * percent / 100;
            changes[one] = new ParameterValue(one, value > ulong.MaxValue ? ulong.MaxValue : (ulong)value);
        }
        return new ParameterChanges([.. changes.Values]);
    }

    private sealed record Step(Message? Message, string Sender, ulong Seconds);
}
