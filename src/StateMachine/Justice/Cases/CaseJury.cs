using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>How juries are drawn and paid.</summary>
internal static class CaseJury
{
    /// <summary>
    /// Draws the round's jurors in proportion to their stakes, which cannot change while a draw runs. Parties, whom the case
    /// is about, whoever shares an identity with one, and jurors of earlier rounds of the case are left out. There may be fewer than wanted.
    /// </summary>
    public static List<CaseJuror> Draw(ExecutionContext context, Case drawing, in Hash256 value)
    {
        Parameters parameters = context.Block.Parameters;
        List<RoleHolder> able = [];
        List<ulong> weights = [];
        string? claimantDid = DidOf(context, drawing.Claimant);
        string? respondentDid = DidOf(context, drawing.Respondent);
        Address? interested = CaseSubject.InterestedIn(drawing);
        string? interestedDid = interested is { } subject ? DidOf(context, subject) : null;
        foreach (RoleHolder juror in RoleHolders.All(context.State, Role.Juror))
        {
            bool isParty = juror.Address == drawing.Claimant || juror.Address == drawing.Respondent || juror.Address == interested
                || (juror.Did.Length > 0 && (juror.Did == claimantDid || juror.Did == respondentDid || juror.Did == interestedDid));
            if (isParty || HasServed(drawing, juror.Address)) continue;
            able.Add(juror);
            weights.Add(juror.Stake.Bonded);
        }
        Hash256 seed = DrawMath.Seed(value, "jury"u8, Schema.Key(drawing.Round, drawing.Id));
        int size = (int)CaseMath.JurySize(drawing.Round, parameters);
        ulong alpha = (ulong)((UInt128)parameters.StakeMinJuror * parameters.JurorAlphaBps / LeaseMath.BasisPoints);
        List<CaseJuror> jury = [];
        foreach (int place in DrawMath.Weighted(seed, weights, size))
        {
            RoleHolder juror = able[place];
            ulong atStake = Math.Min(alpha, juror.Stake.Free);
            RoleHolders.Store(context.State, juror with { Stake = juror.Stake with { Locked = juror.Stake.Locked + atStake } });
            jury.Add(new CaseJuror(juror.Address, drawing.Round, atStake, default, false, 0));
        }
        return jury;
    }

    /// <summary>
    /// Judges every juror of every round by the final ruling: silent and incoherent ones lose what was at stake. A minority whose
    /// appeal succeeds is thus right after all. Answers what was lost, and who was coherent.
    /// </summary>
    public static ulong Judge(ExecutionContext context, Case ended, out List<CaseJuror> coherent)
    {
        ulong tolerance = context.Block.Parameters.JurorCoherenceBps;
        coherent = [];
        ulong lost = 0;
        foreach (CaseJuror juror in ended.Jurors)
        {
            bool isCoherent = juror.HasVoted && ended.HasRuling && CaseMath.IsCoherent(juror.AwardBps, ended.RulingBps, tolerance);
            if (isCoherent) coherent.Add(juror);
            lost += Release(context, juror, isLost: !isCoherent && (ended.HasRuling || !juror.HasVoted), ended.Id);
        }
        return lost;
    }

    /// <summary>The coherent share fees and lost stakes, the last share being the remainder; without any, the pools get them.</summary>
    public static void Pay(ExecutionContext context, Case ended, List<CaseJuror> coherent, ulong pot)
    {
        if (coherent.Count == 0)
        {
            SlashSplit.ToPools(context, pot);
            return;
        }
        ulong share = pot / (ulong)coherent.Count;
        for (int i = 0; i < coherent.Count; i++)
        {
            ulong paid = i == coherent.Count - 1 ? pot : share;
            pot -= paid;
            Payments.Pay(context, coherent[i].Address, paid);
            context.Emit(new Event("JurorPaid",
                [new("case", ended.Id), new("juror", coherent[i].Address), new("round", coherent[i].Round), new("amount", paid)]));
        }
    }

    /// <summary>Frees what was locked for a vote, or takes it; answers what was taken.</summary>
    private static ulong Release(ExecutionContext context, CaseJuror juror, bool isLost, ulong caseId)
    {
        RoleHolder holder = RoleHolders.Load(context.State, Role.Juror, juror.Address)!;
        StakeBalance stake = holder.Stake with { Locked = holder.Stake.Locked - juror.AtStake };
        if (isLost) stake = stake with { Bonded = stake.Bonded - juror.AtStake };
        RoleHolders.Store(context.State, holder with { Stake = stake });
        if (!isLost) return 0;
        context.Emit(new Event("JurorSlashed",
        [
            new("case", caseId),
            new("juror", juror.Address),
            new("round", juror.Round),
            new("cause", juror.HasVoted ? "incoherent" : "silent"),
            new("amount", juror.AtStake),
        ]));
        return juror.AtStake;
    }

    private static bool HasServed(Case drawing, in Address juror)
    {
        foreach (CaseJuror served in drawing.Jurors)
        {
            if (served.Address == juror) return true;
        }
        return false;
    }

    private static string? DidOf(ExecutionContext context, in Address address) => Providers.Load(context.State, address)?.Did;
}
