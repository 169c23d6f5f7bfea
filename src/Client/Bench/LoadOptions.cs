using System;

namespace Chain.Client.Bench;

/// <summary>How a load is sent.</summary>
public sealed record LoadOptions
{
    /// <summary>How long to measure.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to send before that: code is compiled, caches fill.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests under way at once.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Transactions in one binary request; 0 sends each by a JSON-RPC call of its own.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Transactions a second that are sent; 0 sends as many as the chain takes.</summary>
    public int RatePerSecond { get; init; }
}
