using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>A dispute before a jury. Amounts are ncredit.</summary>
/// <param name="Reference">The lease's or review's number in its last 8 bytes, the attestation's uid, or the subject of a conflict; see <see cref="CaseSubject"/>.</param>
/// <param name="Claim">The most that the claimant can be awarded.</param>
/// <param name="ClaimHash">SHA-256 of the claimant's evidence, or the uid of the later attestation of a conflict.</param>
/// <param name="AnswerHash">The same of the respondent, or the uid of the earlier one.</param>
/// <param name="ClaimantBond">Pays the jury and the other side's trouble when the claimant loses.</param>
/// <param name="OfferBy">Which side would settle; zero for none.</param>
/// <param name="OfferBps">On which share of the claim.</param>
/// <param name="Round">From 0; each appeal adds one.</param>
/// <param name="DrawRound">The beacon's round that draws the jury; 0 when none is waited for.</param>
/// <param name="RulingBps">Of the last round that ruled.</param>
/// <param name="HasRuling">False before the first ruling.</param>
/// <param name="StateUntil">When the present state ends by itself.</param>
/// <param name="JurorFee">What each juror costs, as it was when the case was opened.</param>
/// <param name="Jurors">Of all rounds, in the order of their draw.</param>
public sealed record Case(
    ulong Id,
    CaseTarget Target,
    Hash256 Reference,
    Address Claimant,
    Address Respondent,
    ulong Claim,
    Hash256 ClaimHash,
    Hash256 AnswerHash,
    CaseState State,
    CaseOutcome Outcome,
    MarketTime OpenedAt,
    MarketTime StateUntil,
    ulong ClaimantBond,
    ulong RespondentBond,
    ulong StorageDeposit,
    ulong JurorFee,
    Address OfferBy,
    ulong OfferBps,
    byte Round,
    ulong DrawRound,
    bool HasRuling,
    ulong RulingBps,
    IReadOnlyList<CaseJuror> Jurors)
{
    /// <summary>Jurors of all rounds that one case may have: three rounds of the largest jury.</summary>
    public const int JurorsMax = 303;

    private const int CodecVersion = 1;
    private const int Arity = 24;

    public Int128 Held => (Int128)ClaimantBond + RespondentBond + StorageDeposit;

    /// <summary>Place of an address among the jurors of the present round; -1 for nobody.</summary>
    public int FindJuror(in Address address)
    {
        for (int i = 0; i < Jurors.Count; i++)
        {
            if (Jurors[i].Round == Round && Jurors[i].Address == address) return i;
        }
        return -1;
    }

    public Case WithJuror(int place, CaseJuror juror)
    {
        CaseJuror[] jurors = [.. Jurors];
        jurors[place] = juror;
        return this with { Jurors = jurors };
    }

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(Arity).UInt(CodecVersion).UInt(Id).UInt((ulong)Target).Bin(Reference).Bin(Claimant).Bin(Respondent);
        writer.UInt(Claim).Bin(ClaimHash).Bin(AnswerHash).UInt((ulong)State).UInt((ulong)Outcome);
        writer.UInt(OpenedAt.Seconds).UInt(StateUntil.Seconds).UInt(ClaimantBond).UInt(RespondentBond).UInt(StorageDeposit);
        writer.UInt(JurorFee).Bin(OfferBy).UInt(OfferBps).UInt(Round).UInt(DrawRound).Bool(HasRuling).UInt(RulingBps);
        writer.Array(Jurors.Count);
        foreach (CaseJuror juror in Jurors)
        {
            writer.Array(6).Bin(juror.Address).UInt(juror.Round).UInt(juror.AtStake).Bin(juror.Commit)
                .Bool(juror.HasVoted).UInt(juror.AwardBps);
        }
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Case found, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(Arity);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        found = new Case(
            reader.UInt(),
            (CaseTarget)reader.UInt8((byte)CaseTarget.Conflict),
            reader.Hash256(),
            reader.Address(),
            reader.Address(),
            reader.UInt(),
            reader.Hash256(),
            reader.Hash256(),
            (CaseState)reader.UInt8((byte)CaseState.Final),
            (CaseOutcome)reader.UInt8((byte)CaseOutcome.NoRuling),
            new MarketTime(reader.UInt()),
            new MarketTime(reader.UInt()),
            reader.UInt(),
            reader.UInt(),
            reader.UInt(),
            reader.UInt(),
            reader.Address(),
            reader.UInt(LeaseMath.BasisPoints),
            reader.UInt8(),
            reader.UInt(),
            reader.Bool(),
            reader.UInt(LeaseMath.BasisPoints),
            ReadJurors(ref reader));
        reader.EndArray();
        return reader.TryFinish(out error);
    }

    private static CaseJuror[] ReadJurors(ref MessagePackReader reader)
    {
        CaseJuror[] jurors = new CaseJuror[reader.ArrayHeader(JurorsMax)];
        for (int i = 0; i < jurors.Length && reader.IsOk; i++)
        {
            reader.Array(6);
            jurors[i] = new CaseJuror(
                reader.Address(), reader.UInt8(), reader.UInt(), reader.Hash256(), reader.Bool(),
                reader.UInt(LeaseMath.BasisPoints));
            reader.EndArray();
        }
        reader.EndArray();
        return jurors;
    }
}
