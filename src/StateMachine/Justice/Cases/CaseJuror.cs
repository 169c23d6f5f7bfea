using Chain.Primitives.Bytes;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>A drawn juror and its vote.</summary>
/// <param name="Round">From 0.</param>
/// <param name="AtStake">ncredit of its stake that are locked for this vote.</param>
/// <param name="Commit">Zero before it committed.</param>
/// <param name="HasVoted">True once it revealed.</param>
/// <param name="AwardBps">Share of the claim that it would give, basis points.</param>
public readonly record struct CaseJuror(
    Address Address, byte Round, ulong AtStake, Hash256 Commit, bool HasVoted, ulong AwardBps);
