using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chain.Cli.Terminal;
using Chain.Client;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Reputation;

namespace Chain.Cli.Sim;

/// <summary>What came of a scenario: everybody's money and reputation, the pools, and whether the checks hold.</summary>
internal sealed class SimReport(SimScenario scenario, SimChain chain, IReadOnlyList<string> surprises)
{
    /// <summary>Every check that does not hold, and every step that went otherwise than expected.</summary>
    public IReadOnlyList<string> Failures { get; } = [.. surprises, .. FailedChecks(scenario, chain)];

    /// <summary>In the form for programs.</summary>
    public Facts ToFacts() => AddTotals(AddPlay(new Facts()).List("actors", scenario.Actors.Select(ActorFacts)));

    /// <summary>In the form for people: a table of everybody between what was played and what it came to.</summary>
    public void Print(Screen screen)
    {
        AddPlay(new Facts()).Print(screen);
        screen.WriteLine();
        Facts.PrintTable(screen, [.. scenario.Actors.Select(ActorFacts)], "Nobody took part.");
        screen.WriteLine();
        AddTotals(new Facts()).Print(screen);
    }

    private Facts AddPlay(Facts facts) => facts
        .Text("name", scenario.Name)
        .Text("about", scenario.About)
        .Number("blocks", chain.Height)
        .Number("transactions", chain.Transactions);

    private Facts AddTotals(Facts facts)
    {
        PoolBalances pools = Pools.Load(chain.State);
        return facts
            .Amount("treasury", pools.Treasury)
            .Amount("reliability", pools.Reliability)
            .Amount("burned", pools.Burned)
            .Flag("credits_conserved", chain.Imbalance() == 0)
            .Words("failures", Failures);
    }

    private Facts ActorFacts(SimActor actor)
    {
        Int128 net = Net(actor, chain);
        string sign = net < 0 ? "-" : "+";
        return new Facts()
            .Text("name", actor.Name)
            .Text("role", actor.Role is { } role ? RoleNames.Of(role) : "tenant")
            .Add("net", JsonValue.Create(net.ToString(NumberFormatInfo.InvariantInfo)), $"{sign}{Amount.Format((UInt128)Int128.Abs(net))} credits")
            .Amount("holds", (UInt128)Holds(actor, chain))
            .Number("reputation_bps", ReputationBook.BpsOf(chain.State, actor.Address, chain.Now, chain.Parameters));
    }

    /// <summary>Balance and all stakes now, less what it came with.</summary>
    private static Int128 Net(SimActor actor, SimChain chain) => Holds(actor, chain) - ((Int128)actor.Credits + actor.Stake);

    private static Int128 Holds(SimActor actor, SimChain chain)
    {
        Int128 holds = Ledger.Load(chain.State, actor.Address).Balance;
        holds += Providers.Load(chain.State, actor.Address)?.Stake.Held ?? 0;
        foreach (Role role in (Role[])[Role.Auditor, Role.Prober, Role.Juror])
        {
            holds += RoleHolders.Load(chain.State, role, actor.Address)?.Stake.Held ?? 0;
        }
        return holds;
    }

    private static List<string> FailedChecks(SimScenario scenario, SimChain chain)
    {
        List<string> failed = [];
        if (chain.Imbalance() != 0) failed.Add("credits are not conserved");
        if (scenario.Checks.ValueKind != JsonValueKind.Array) return failed;
        foreach (JsonElement check in scenario.Checks.EnumerateArray())
        {
            string name = check.GetProperty("actor").GetString()!;
            SimActor actor = scenario.Actors.FirstOrDefault(a => a.Name == name) ?? throw SimScenario.Bad("checks", $"nobody is called '{name}'");
            if (check.TryGetProperty("with", out JsonElement others)) failed.AddRange(CheckPair(scenario, chain, actor, others, check));
            else failed.AddRange(CheckNet(actor.Name, Net(actor, chain), check));
            ulong reputation = ReputationBook.BpsOf(chain.State, actor.Address, chain.Now, chain.Parameters);
            if (check.TryGetProperty("reputation_at_least", out JsonElement least) && reputation < least.GetUInt64())
            {
                failed.Add($"{name} has a reputation of {reputation}, less than {least}");
            }
            if (check.TryGetProperty("reputation_at_most", out JsonElement most) && reputation > most.GetUInt64())
            {
                failed.Add($"{name} has a reputation of {reputation}, more than {most}");
            }
        }
        return failed;
    }

    /// <summary>Several who work together are judged by what they have in all.</summary>
    private static IEnumerable<string> CheckPair(SimScenario scenario, SimChain chain, SimActor actor, JsonElement others, JsonElement check)
    {
        string[] names = [.. others.EnumerateArray().Select(other => other.GetString()!)];
        Int128 sum = Net(actor, chain);
        foreach (SimActor other in scenario.Actors.Where(a => names.Contains(a.Name))) sum += Net(other, chain);
        return CheckNet($"{actor.Name} with {string.Join(", ", names)}", sum, check);
    }

    private static IEnumerable<string> CheckNet(string who, Int128 net, JsonElement check)
    {
        if (check.TryGetProperty("net_at_least", out JsonElement least) && net < least.GetInt64())
        {
            yield return $"{who}: net {net} ncredit is less than {least}";
        }
        if (check.TryGetProperty("net_at_most", out JsonElement most) && net > most.GetInt64())
        {
            yield return $"{who}: net {net} ncredit is more than {most}";
        }
    }
}
