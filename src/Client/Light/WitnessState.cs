namespace Chain.Client.Light;

/// <summary>What a witness said of a header that the primary node proved.</summary>
public enum WitnessState
{
    /// <summary>The same.</summary>
    Agrees,

    /// <summary>Nothing: it does not answer, or does not have the block.</summary>
    Unavailable,

    /// <summary>Something else, which it could not prove.</summary>
    Unproven,

    /// <summary>Something else, and proved it too.</summary>
    Conflicts,
}
