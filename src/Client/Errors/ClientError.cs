using System.Collections.Generic;

namespace Chain.Client.Errors;

/// <summary>One failure in the words of a person: what happened, why, and what to do about it.</summary>
/// <param name="Code">Stable name for programs.</param>
/// <param name="What">What did not work.</param>
/// <param name="Why">The cause, as far as it is known.</param>
/// <param name="Remedy">What the reader can do next.</param>
/// <param name="ResultCode">The chain's own code (<c>ResultCode</c>), or 0 where none was involved.</param>
public sealed record ClientError(ClientErrorCode Code, string What, string Why, string Remedy, uint ResultCode = 0)
{
    /// <summary>The words of a command that does it, for whoever shows the error to quote; empty where there is none.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];
}
