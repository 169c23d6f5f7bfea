using Chain.Primitives;

namespace Chain.StateMachine.Justice.Cases;

/// <summary>How targets, states and outcomes of cases are written in events.</summary>
public static class CaseNames
{
    public static string Of(CaseTarget target) => target switch
    {
        CaseTarget.Lease => "lease",
        CaseTarget.Attestation => "attestation",
        CaseTarget.Review => "review",
        CaseTarget.Conflict => "conflict",
        _ => throw new InvariantException("a case is about something"),
    };

    public static string Of(CaseState state) => state switch
    {
        CaseState.Answer => "answer",
        CaseState.Drawing => "drawing",
        CaseState.Commit => "commit",
        CaseState.Reveal => "reveal",
        CaseState.Ruled => "ruled",
        CaseState.Final => "final",
        _ => throw new InvariantException("a case's state has a name"),
    };

    public static string Of(CaseOutcome outcome) => outcome switch
    {
        CaseOutcome.None => "none",
        CaseOutcome.Conceded => "conceded",
        CaseOutcome.Defaulted => "defaulted",
        CaseOutcome.Settled => "settled",
        CaseOutcome.Ruled => "ruled",
        CaseOutcome.NoRuling => "no_ruling",
        _ => throw new InvariantException("a case's outcome has a name"),
    };
}
