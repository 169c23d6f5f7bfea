using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Chain.Client.Capacity;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Proof.Probes;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Register;

namespace Chain.Cli.Sim;

/// <summary>Plays the steps of a scenario. A step whose code is not the expected one is noted, and the play goes on.</summary>
internal sealed class SimScript(SimScenario scenario, SimChain chain)
{
    private readonly SortedDictionary<string, SimActor> _actors =
        new(scenario.Actors.ToDictionary(actor => actor.Name), StringComparer.Ordinal);

    /// <summary>What went otherwise than the scenario says.</summary>
    public List<string> Surprises { get; } = [];

    public void Play()
    {
        foreach (SimActor actor in scenario.Actors)
        {
            if (actor.Role is not { } role || role == Role.Provider) continue;
            Expect("register", actor, new Register(role, actor.Stake, actor.Did, default, [], "", [], 0), "Ok");
        }
        PlayAll(scenario.Steps);
    }

    private void PlayAll(JsonElement steps)
    {
        foreach (JsonElement step in steps.EnumerateArray()) PlayOne(step);
    }

    private void PlayOne(JsonElement step)
    {
        if (step.TryGetProperty("repeat", out JsonElement times))
        {
            for (int i = 0; i < times.GetInt32(); i++) PlayAll(step.GetProperty("steps"));
            return;
        }
        if (step.TryGetProperty("wait", out JsonElement wait))
        {
            chain.Pass(wait.GetUInt64());
            return;
        }
        if (step.TryGetProperty("outage", out JsonElement outage))
        {
            chain.Outage(outage.GetUInt64());
            return;
        }
        string what = step.GetProperty("do").GetString()!;
        switch (what)
        {
            case "start": Start(step); break;
            case "jury": Jury(step); break;
            case "probe": Probe(step); break;
            case "capacity": Capacity(step); break;
            default:
                SimActor by = ActorOf(step, "by");
                Expect(what, by, SimMessages.Of(what, step, by, chain, ActorOf), SimScenario.Text(step, "expect", "Ok"));
                break;
        }
    }

    private SimActor ActorOf(JsonElement step, string property)
    {
        string name = step.GetProperty(property).GetString()!;
        return _actors.GetValueOrDefault(name) ?? throw SimScenario.Bad(property, $"nobody is called '{name}'");
    }

    private SimActor ActorAt(Address address) => scenario.Actors.First(actor => actor.Address == address);

    private void Expect(string what, SimActor by, Message message, string expected)
    {
        ResultCode code = chain.Send(by, message);
        if (code.ToString() != expected) Surprises.Add($"{what} by {by.Name}: {code}, not {expected}");
    }

    /// <summary>Both sides of a lease say that they are ready.</summary>
    private void Start(JsonElement step)
    {
        ulong id = SimScenario.Number(step, "lease", Counters.Last(chain.State, CounterKind.Lease));
        Lease lease = LeaseStore.Read(chain.State, id) ?? throw SimScenario.Bad("start", $"there is no lease {id}");
        Expect("start", ActorAt(lease.Tenant), new StartLease(id, default, default), "Ok");
        Hash256 any = CaseSubjectHash(id);
        Expect("start", ActorAt(lease.Provider), new StartLease(id, any, any), "Ok");
    }

    /// <summary>The present jury of the newest case commits and reveals; the awards are given out in turn, null for silence.</summary>
    private void Jury(JsonElement step)
    {
        ulong id = SimScenario.Number(step, "case", Counters.Last(chain.State, CounterKind.Case));
        Case found = CaseStore.Read(chain.State, id) ?? throw SimScenario.Bad("jury", $"there is no case {id}");
        JsonElement[] awards = [.. step.GetProperty("awards").EnumerateArray()];
        List<(SimActor Juror, ulong Award)> votes = [];
        bool isSomebodySilent = false;
        foreach (CaseJuror juror in found.Jurors.Where(juror => juror.Round == found.Round))
        {
            JsonElement award = awards[(votes.Count + (isSomebodySilent ? 1 : 0)) % awards.Length];
            if (award.ValueKind == JsonValueKind.Null) isSomebodySilent = true;
            else votes.Add((ActorAt(juror.Address), award.GetUInt64()));
        }
        Hash256 salt = CaseSubjectHash(id);
        foreach ((SimActor juror, ulong award) in votes)
        {
            Hash256 commit = CaseMath.Commit(chain.Genesis.ChainId, id, found.Round, juror.Address, award, salt);
            Expect("vote", juror, new VoteDispute(id, found.Round, VoteAction.Commit, commit, 0), "Ok");
        }
        if (isSomebodySilent) chain.Pass(chain.Parameters.JuryCommitSeconds);
        foreach ((SimActor juror, ulong award) in votes)
        {
            Expect("vote", juror, new VoteDispute(id, found.Round, VoteAction.Reveal, salt, award), "Ok");
        }
        if (isSomebodySilent) chain.Pass(chain.Parameters.JuryRevealSeconds);
    }

    /// <summary>
    /// One whole epoch of probing: every prober that is drawn for a lease reports, good samples of how many, given out in turn.
    /// </summary>
    private void Probe(JsonElement step)
    {
        ulong seconds = chain.Parameters.EpochSeconds;
        ulong number = chain.Now.Seconds / seconds;
        if (chain.Now.Seconds % seconds != 0 || ProbeBook.LoadEpoch(chain.State, number) is null)
        {
            chain.Pass(seconds - (chain.Now.Seconds % seconds));
            number = chain.Now.Seconds / seconds;
        }
        ProbeEpoch epoch = ProbeBook.LoadEpoch(chain.State, number) ?? throw SimScenario.Bad("probe", "nobody probes");
        ulong[] good = [.. step.GetProperty("good").EnumerateArray().Select(value => value.GetUInt64())];
        ulong of = SimScenario.Number(step, "of", 10);
        ulong id = SimScenario.Number(step, "lease", Counters.Last(chain.State, CounterKind.Lease));
        Lease lease = LeaseStore.Read(chain.State, id) ?? throw SimScenario.Bad("probe", $"there is no lease {id}");
        List<Address> drawn = epoch.DrawnFor(id, lease.Tenant, lease.Provider, chain.Parameters);
        Hash256 salt = CaseSubjectHash(number);
        for (int i = 0; i < drawn.Count; i++)
        {
            LeaseProbe[] probes = [new(id, good[i % good.Length], of)];
            Hash256 commit = ProbeBook.Commit(chain.Genesis.ChainId, number, drawn[i], probes, salt);
            Expect("probe", ActorAt(drawn[i]), new SubmitProbes(number, commit, []), "Ok");
        }
        if (epoch.RevealsFrom > chain.Now.Seconds) chain.Pass(epoch.RevealsFrom - chain.Now.Seconds);
        for (int i = 0; i < drawn.Count; i++)
        {
            LeaseProbe[] probes = [new(id, good[i % good.Length], of)];
            Expect("probe", ActorAt(drawn[i]), new SubmitProbes(number, salt, probes), "Ok");
        }
        if (epoch.Ends > chain.Now.Seconds) chain.Pass(epoch.Ends - chain.Now.Seconds);
    }

    /// <summary>One whole epoch of capacity proofs, in which a provider proves as many units as its machine can.</summary>
    private void Capacity(JsonElement step)
    {
        SimActor by = ActorOf(step, "by");
        ulong seconds = chain.Parameters.CapacityPeriodSeconds;
        chain.Pass(seconds - (chain.Now.Seconds % seconds));
        CapacityProofs proofs = CapacityProofs.Read(chain.State, by.Address) is { State: CapacityState.Open } open
            ? open
            : throw SimScenario.Bad("capacity", $"'{by.Name}' is not challenged");
        ulong[] units = [.. Enumerable.Range(0, (int)SimScenario.Number(step, "units", 0)).Select(unit => (ulong)unit)];
        Parameters parameters = chain.Parameters;
        if (units.Length > 0)
        {
            IReadOnlyList<UnitProof> work = CapacityWork.Find(
                proofs, ResourceClass.CpuMilli, units, (int)parameters.CapacityNoncesMin, parameters.CapacityDifficulty, default);
            Expect("capacity", by, new ProveCapacity(ResourceClass.CpuMilli, 0, work), "Ok");
        }
        chain.Pass(parameters.CapacityWindowSeconds);
    }

    private static Hash256 CaseSubjectHash(ulong number) => SimMessages.HashOf($"sim-{number}");
}
