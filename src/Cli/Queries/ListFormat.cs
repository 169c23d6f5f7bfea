namespace Chain.Cli.Queries;

/// <summary>How a value of a list is written for people.</summary>
internal enum ListFormat
{
    /// <summary>By what the field counts.</summary>
    Field,

    /// <summary>How many entries a list has.</summary>
    Count,
}
