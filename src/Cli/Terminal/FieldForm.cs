namespace Chain.Cli.Terminal;

/// <summary>What the number in a field counts, and so how it is written for people.</summary>
internal enum FieldForm
{
    /// <summary>A plain number, or no number at all.</summary>
    Plain,

    /// <summary>ncredit: <c>12.5 credits</c>.</summary>
    Credits,

    /// <summary>ncredit a second: <c>0.01 credits/s (36 credits/h)</c>.</summary>
    Rate,

    /// <summary>ncredit for each unit of work.</summary>
    FeePerWork,

    /// <summary>Seconds since 1970 on the market clock: <c>2026-12-01T13:05:00Z</c>; 0 is none, the largest number never.</summary>
    Time,

    /// <summary>A length of time in seconds: <c>1h30m</c>.</summary>
    Seconds,

    /// <summary>A length of time in milliseconds.</summary>
    Milliseconds,

    /// <summary>Ten-thousandths of one: <c>52.5 %</c>.</summary>
    BasisPoints,

    /// <summary>Millionths of one: <c>99.5 %</c>.</summary>
    PartsPerMillion,

    /// <summary>A count in millionths: <c>1.25</c>.</summary>
    Millionths,

    /// <summary>A count in hundredths: <c>4.5</c>.</summary>
    Hundredths,
}
