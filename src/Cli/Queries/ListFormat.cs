namespace Chain.Cli.Queries;

/// <summary>How a value of a list is written for people.</summary>
internal enum ListFormat
{
    Text,

    /// <summary>ncredit, written in credits.</summary>
    Amount,

    /// <summary>How many entries a list has.</summary>
    Count,
}
