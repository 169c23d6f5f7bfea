using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Probes;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Transactions.Register;
using Chain.StateMachine.Trust.Reputation;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Proof;

public sealed class ProbeTests
{
    private const ulong ProberStake = 20 * Credit;

    /// <summary>What a silent or far-off prober loses: 5 % of the least stake of 10 credits.</summary>
    private const ulong Penalty = 500_000_000;

    private readonly MarketWorld _world = new();

    [Fact]
    public void Epoch_that_every_prober_found_good_is_paid_in_full_and_counts_for_the_provider()
    {
        ulong lease = Probed(out ulong epoch);
        RunEpoch(epoch, lease, (10, 10), (10, 10), (10, 10));
        // 10 s at 4,000,000, less 2 %.
        Assert.Equal(39_200_000UL, _world.LeaseAt(lease).Claimable - 39_200_000);
        ReputationSeason counted = ReputationBook.Read(_world.State, ProviderA, ReputationPart.Availability).Seasons[0];
        Assert.Equal((80_000UL, 80_000UL), (counted.Good, counted.Total));
        // A quarter of the fee of 800,000 is the probers', a third each.
        Assert.All(Probers, prober => Assert.Equal(StartFunds - ProberStake + 66_666, _world.Balance(prober)));
        Assert.Null(ProbeBook.LoadEpoch(_world.State, epoch));
    }

    [Theory]
    [InlineData(99, 100, 1000)]
    [InlineData(96, 100, 2500)]
    [InlineData(90, 100, 5000)]
    [InlineData(50, 100, 10_000)]
    public void Epoch_below_the_target_credits_the_tenant_by_the_table(ulong good, ulong samples, ulong creditBps)
    {
        ulong lease = Probed(out ulong epoch);
        ulong bucket = _world.LeaseAt(lease).Bucket;
        RunEpoch(epoch, lease, (good, samples), (good, samples), (good, samples));
        ulong credit = 40_000_000 * creditBps / 10_000;
        Assert.Equal(bucket - 40_000_000 + credit, _world.LeaseAt(lease).Bucket);
        Assert.Equal(39_200_000 + ((40_000_000 - credit) * 98 / 100), _world.LeaseAt(lease).Claimable);
        Assert.Equal(0UL, ReputationBook.Read(_world.State, ProviderA, ReputationPart.Availability).Seasons[0].Good);
    }

    [Fact]
    public void A27_one_lying_prober_moves_nothing_and_pays_for_it()
    {
        ulong lease = Probed(out ulong epoch);
        RunEpoch(epoch, lease, (0, 10), (10, 10), (10, 10));
        Assert.Equal(2 * 39_200_000UL, _world.LeaseAt(lease).Claimable);
        Address liar = Probers[0];
        Assert.Equal(ProberStake - Penalty, RoleHolders.Load(_world.State, Role.Prober, liar)!.Stake.Bonded);
        // The liar's net result: −0.5 credits; the others share its part of the fee.
        Assert.Equal(StartFunds - ProberStake, _world.Balance(liar));
        Assert.Equal(StartFunds - ProberStake + 100_000, _world.Balance(Probers[1]));
    }

    [Fact]
    public void Prober_that_commits_and_hides_what_it_found_is_slashed()
    {
        ulong lease = Probed(out ulong epoch);
        Commit(epoch, Probers[0], lease, 10, 10);
        _world.Advance(10);
        Assert.Equal(ProberStake - Penalty, RoleHolders.Load(_world.State, Role.Prober, Probers[0])!.Stake.Bonded);
        Assert.Equal(2 * 39_200_000UL, _world.LeaseAt(lease).Claimable);
    }

    [Fact]
    public void Too_few_reports_or_samples_judge_nothing()
    {
        ulong lease = Probed(out ulong epoch);
        Commit(epoch, Probers[0], lease, 0, 10);
        _world.Advance(8);
        Reveal(epoch, Probers[0], lease, 0, 10);
        _world.Advance(2);
        Assert.Equal(2 * 39_200_000UL, _world.LeaseAt(lease).Claimable);
        Assert.Empty(ReputationBook.Read(_world.State, ProviderA, ReputationPart.Availability).Seasons);
        Assert.Null(new ProbeSheet([new(Probers[0], 1, 1), new(Probers[1], 1, 1)]).JudgedBps(3, _world.Parameters));
        Assert.Equal(5000UL, new ProbeSheet([new(Probers[0], 1, 2), new(Probers[1], 1, 1)]).JudgedBps(3, _world.Parameters));
    }

    [Fact]
    public void A28_mass_outage_is_nobodys_fault_and_a_single_one_is()
    {
        ProbeEpoch epoch = new(1, 10, 1, HashOf(1), Judged: 10, Bad: 4, []);
        Assert.True(epoch.IsVoid(_world.Parameters));
        Assert.False((epoch with { Bad = 3 }).IsVoid(_world.Parameters));
        // With less than ten judged leases, one provider's failure would look like the network's.
        Assert.False((epoch with { Judged = 9, Bad = 9 }).IsVoid(_world.Parameters));
        ulong lease = Probed(out ulong number);
        foreach (Address prober in Probers) Commit(number, prober, lease, 0, 10);
        _world.Advance(8);
        foreach (Address prober in Probers) Reveal(number, prober, lease, 0, 10);
        ProbeEpoch running = ProbeBook.LoadEpoch(_world.State, number)!;
        Assert.Equal((1UL, 1UL), (running.Judged, running.Bad));
        ProbeBook.Store(_world.State, running with { Judged = 30, Bad = 20 });
        _world.Advance(2);
        Assert.Equal(2 * 39_200_000UL, _world.LeaseAt(lease).Claimable);
        Assert.Empty(ReputationBook.Read(_world.State, ProviderA, ReputationPart.Availability).Seasons);
    }

    [Fact]
    public void Probe_that_breaks_a_rule_is_refused_with_its_code()
    {
        ulong lease = _world.StartedLease(Terms(prepaid: 1000));
        foreach (Address prober in Probers) Register(prober);
        _world.Advance(10);
        ulong epoch = _world.Now.Seconds / 10;
        SubmitProbes commit = new(epoch, HashOf(1), []);
        Assert.Equal(ResultCode.NotFound, _world.Send(Probers[0], commit with { Epoch = epoch + 1 }));
        Assert.Equal(ResultCode.TooEarly, _world.Send(Probers[0], commit));
        _world.FinishRound();
        Assert.Equal(ResultCode.NotDrawn, _world.Send(Stranger, commit));
        Assert.Equal(ResultCode.BadCommit, _world.Send(Probers[0], commit with { Hash = default }));
        Commit(epoch, Probers[0], lease, 10, 10);
        Assert.Equal(ResultCode.AlreadyDone, _world.Send(Probers[0], commit));
        Assert.Equal(ResultCode.TooEarly, _world.Send(Probers[0], new SubmitProbes(epoch, HashOf(9), [new(lease, 10, 10)])));
        Commit(epoch, Probers[1], 99, 10, 10);
        _world.Advance(8);
        Assert.Equal(ResultCode.TooLate, _world.Send(Probers[2], commit));
        Assert.Equal(ResultCode.BadCommit, _world.Send(Probers[0], new SubmitProbes(epoch, HashOf(9), [new(lease, 9, 10)])));
        Assert.Equal(ResultCode.BadCommit, _world.Send(Probers[2], new SubmitProbes(epoch, HashOf(9), [new(lease, 9, 10)])));
        Assert.Equal(ResultCode.NotFound, _world.Send(Probers[1], new SubmitProbes(epoch, HashOf(9), [new(99, 10, 10)])));
        _world.Parameters = Parameters.Devnet.With(ParameterId.ProbeBps, 0);
        Assert.Equal(ResultCode.NotDrawn, _world.Send(Probers[0], new SubmitProbes(epoch, HashOf(9), [new(lease, 10, 10)])));
        _world.Parameters = Parameters.Devnet;
        Reveal(epoch, Probers[0], lease, 10, 10);
        Assert.Equal(ResultCode.BadCommit, _world.Send(Probers[0], new SubmitProbes(epoch, HashOf(9), [new(lease, 10, 10)])));
        _world.Parameters = Parameters.Devnet.With(ParameterId.TimedWorkMax, 0);
        _world.Advance(2);
        Assert.Equal(ResultCode.TooLate, _world.Send(Probers[2], commit));
    }

    [Fact]
    public void Probers_are_drawn_for_each_lease_and_never_from_its_parties()
    {
        List<DrawnProber> many = [.. Enumerable.Range(1, 20).Select(i => new DrawnProber(AddressOf((byte)i), 100))];
        ProbeEpoch epoch = new(1, 10, 1, HashOf(1), 0, 0, many);
        HashSet<string> teams = [];
        for (ulong lease = 1; lease <= 50; lease++)
        {
            List<Address> drawn = epoch.DrawnFor(lease, Tenant, ProviderA, _world.Parameters);
            Assert.Equal(3, drawn.Distinct().Count());
            Assert.DoesNotContain(Tenant, drawn);
            Assert.DoesNotContain(ProviderA, drawn);
            teams.Add(string.Join(' ', drawn));
        }
        Assert.True(teams.Count > 40);
        byte[] bytes = epoch.Encode();
        Assert.True(ProbeEpoch.TryDecode(bytes, out ProbeEpoch read, out _));
        Assert.Equal(bytes, read.Encode());
        byte[] sheet = new ProbeSheet([new(Tenant, 1, 2)]).Encode();
        Assert.True(ProbeSheet.TryDecode(sheet, out ProbeSheet readSheet, out _));
        Assert.Equal(sheet, readSheet.Encode());
    }

    private static Address[] Probers => [AddressOf(60), AddressOf(61), AddressOf(62)];

    /// <summary>A lease that has run for an epoch, at the start of one that is drawn.</summary>
    private ulong Probed(out ulong epoch)
    {
        ulong lease = _world.StartedLease(Terms(prepaid: 1000));
        foreach (Address prober in Probers) Register(prober);
        _world.Advance(10);
        _world.FinishRound();
        epoch = _world.Now.Seconds / 10;
        Assert.False(ProbeBook.LoadEpoch(_world.State, epoch)!.Seed.IsZero);
        return lease;
    }

    private void Register(in Address prober)
    {
        _world.Mint(prober, StartFunds);
        Accreditations.Store(_world.State, prober, Accreditations.RoleScope(Role.Prober), new MarketTime(ulong.MaxValue));
        _world.Must(prober, new Register(Role.Prober, ProberStake, "", default, [], "", [], 0));
    }

    private void RunEpoch(ulong epoch, ulong lease, params (ulong Good, ulong Samples)[] reports)
    {
        for (int i = 0; i < reports.Length; i++) Commit(epoch, Probers[i], lease, reports[i].Good, reports[i].Samples);
        _world.Advance(8);
        for (int i = 0; i < reports.Length; i++) Reveal(epoch, Probers[i], lease, reports[i].Good, reports[i].Samples);
        _world.Advance(2);
    }

    private void Commit(ulong epoch, in Address prober, ulong lease, ulong good, ulong samples) => _world.Must(prober, new SubmitProbes(
        epoch, ProbeBook.Commit(ChainId, epoch, prober, [new(lease, good, samples)], HashOf(9)), []));

    private void Reveal(ulong epoch, in Address prober, ulong lease, ulong good, ulong samples) =>
        _world.Must(prober, new SubmitProbes(epoch, HashOf(9), [new(lease, good, samples)]));
}
