using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Core;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Tests.Market;
using static Chain.StateMachine.Tests.Life.LifeWorld;

namespace Chain.StateMachine.Tests.Life;

/// <summary>Disputes, juries and objective faults: kinds 25 to 28, and evidence in blocks.</summary>
internal static class JusticeActs
{
    private const ulong Bond = 10 * Credit;
    private const ulong CasesLookedAt = 8;
    private static readonly Hash256 Salt = MarketWorld.HashOf(9);

    public static Deed? Dispute(LifeWorld world, Dice dice)
    {
        if (dice.OneIn(4) && ProofActs.AttestationOf(world, dice) is { } uid)
        {
            return new Deed("ivan", new OpenDispute(CaseTarget.Attestation, uid, dice.Next(100_000_000), MarketWorld.HashOf(5), Bond));
        }
        ulong id = world.Newest(CounterKind.Lease, dice);
        if (LeaseStore.Read(world.Chain.State, id) is not { } lease) return null;
        return dice.OneIn(4)
            ? new Deed(MarketActs.PartyOf(lease, dice), OpenDispute.About(CaseTarget.Review, id, 0, MarketWorld.HashOf(5), Bond))
            : new Deed(NameOf(lease.Tenant), OpenDispute.About(CaseTarget.Lease, id, 1 + dice.Next(60_000_000), MarketWorld.HashOf(5), Bond));
    }

    /// <summary>A tenant who is served brings up a lease that no case is about.</summary>
    public static Deed? DisputeInTime(LifeWorld world, Dice dice)
    {
        if (!dice.OneIn(3)) return null;
        ulong last = Counters.Last(world.Chain.State, CounterKind.Lease);
        for (ulong id = last; id > 0 && id + CasesLookedAt > last; id--)
        {
            if (LeaseStore.Read(world.Chain.State, id) is not { IsPaying: true, CaseId: 0 } lease) continue;
            OpenDispute dispute = OpenDispute.About(CaseTarget.Lease, id, 1 + dice.Next(60_000_000), MarketWorld.HashOf(5), Bond);
            return new Deed(NameOf(lease.Tenant), dispute);
        }
        return null;
    }

    /// <summary>A respondent wants a jury before its silence concedes; after a ruling, sometimes, either side wants a larger one.</summary>
    public static Deed? AnswerInTime(LifeWorld world, Dice dice)
    {
        if (Find(world, CaseState.Answer) is { } open)
        {
            return new Deed(NameOf(open.Respondent), new AnswerDispute(open.Id, AnswerAction.Contest, MarketWorld.HashOf(6), Bond));
        }
        if (!dice.OneIn(3) || Find(world, CaseState.Ruled) is not { } ruled) return null;
        string party = NameOf(dice.OneIn(2) ? ruled.Claimant : ruled.Respondent);
        return new Deed(party, new AnswerDispute(ruled.Id, AnswerAction.Appeal, default, Bond));
    }

    public static Deed? Answer(LifeWorld world, Dice dice)
    {
        if (CaseOf(world, dice) is not { } found) return null;
        string party = NameOf(dice.OneIn(3) ? found.Claimant : found.Respondent);
        return new Deed(party, dice.Next(8) switch
        {
            0 => new AnswerDispute(found.Id, AnswerAction.Concede, default, 0),
            // Two offers a case, so that the sides meet.
            1 => new AnswerDispute(found.Id, AnswerAction.Settle, default, 5000 * (1 + (found.Id % 2))),
            2 or 3 => new AnswerDispute(found.Id, AnswerAction.Appeal, default, Bond),
            _ => new AnswerDispute(found.Id, AnswerAction.Contest, MarketWorld.HashOf(6), Bond),
        });
    }

    public static Deed? Vote(LifeWorld world, Dice dice)
    {
        if ((Find(world, CaseState.Reveal) ?? Find(world, CaseState.Commit)) is not { } found) return null;
        List<CaseJuror> jury = [];
        foreach (CaseJuror juror in found.Jurors)
        {
            bool isMissing = found.State == CaseState.Commit ? juror.Commit.IsZero : !juror.HasVoted && !juror.Commit.IsZero;
            if (juror.Round == found.Round && isMissing) jury.Add(juror);
        }
        if (jury.Count == 0) return null;
        Address chosen = jury[(int)dice.Next((uint)jury.Count)].Address;
        string name = NameOf(chosen);
        ulong award = name[^1] % 4 == 0 ? 10_000UL : found.Id % 2 == 0 ? 0UL : 5000UL;
        Hash256 commit = CaseMath.Commit(world.Chain.Genesis.ChainId, found.Id, found.Round, chosen, award, Salt);
        return new Deed(name, found.State == CaseState.Commit
            ? new VoteDispute(found.Id, found.Round, VoteAction.Commit, commit, 0)
            : new VoteDispute(found.Id, found.Round, VoteAction.Reveal, Salt, award));
    }

    public static Deed? Announce(LifeWorld world, Dice dice) => new(
        "ivan", new CommitReport(CommitReport.Of(world.Chain.Genesis.ChainId, AddressOf("ivan"), ReportOf(world, dice).Matter, Salt)));

    public static Deed? Report(LifeWorld world, Dice dice) => new("ivan", ReportOf(world, dice));

    private static ReportFault ReportOf(LifeWorld world, Dice dice)
    {
        string offender = dice.Of("provider-2", "carol", "prober-0", "juror-7");
        Role role = offender[0] == 'j' ? Role.Juror : offender[2] == 'o' && offender[3] == 'b' ? Role.Prober : Role.Provider;
        ulong epoch = dice.Next(2);
        using PrivateKey key = TestKeys.Of(offender);
        SignedStatement first = Sign(world, key, epoch, MarketWorld.HashOf(1));
        return new ReportFault(key.PublicKey, role, first, Sign(world, key, epoch, MarketWorld.HashOf(2)), Salt);
    }

    private static SignedStatement Sign(LifeWorld world, PrivateKey key, ulong epoch, Hash256 data)
    {
        SignedStatement statement = new(StatementKind.LogRoot, MarketWorld.HashOf(7), epoch, data, default);
        return statement with { Signature = key.Sign(statement.SignBytes(world.Chain.Genesis.ChainId)) };
    }

    /// <summary>The newest case in a state, of the last few.</summary>
    private static Case? Find(LifeWorld world, CaseState state)
    {
        ulong last = Counters.Last(world.Chain.State, CounterKind.Case);
        for (ulong id = last; id > 0 && id + CasesLookedAt > last; id--)
        {
            if (CaseStore.Read(world.Chain.State, id) is { } found && found.State == state) return found;
        }
        return null;
    }

    private static Case? CaseOf(LifeWorld world, Dice dice) => CaseStore.Read(world.Chain.State, world.Newest(CounterKind.Case, dice));
}
