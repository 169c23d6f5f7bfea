namespace Chain.StateMachine.Justice.Cases;

/// <summary>What a party does about a case. Numbers stand on the wire.</summary>
public enum AnswerAction : byte
{
    /// <summary>The respondent grants the whole claim.</summary>
    Concede = 1,

    /// <summary>The respondent wants a jury.</summary>
    Contest = 2,

    /// <summary>Either side offers a share of the claim, or agrees to the other's offer by naming the same; before a jury sits.</summary>
    Settle = 3,

    /// <summary>Either side asks for a larger jury.</summary>
    Appeal = 4,
}
