using Chain.Client.Errors;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Client.Answers;

/// <summary>A transaction's fate. Height, place and result are set only when it is in a block.</summary>
public sealed record SentTransaction(
    Hash256 Id, TransactionFate Fate, Height Height, int Index, ExecutionResult? Result)
{
    /// <summary>The raw signed transaction, when it is in a block.</summary>
    public byte[] Transaction { get; init; } = [];

    /// <summary>Returns itself when the transaction took effect; throws <see cref="ClientException"/> for every other fate.</summary>
    public SentTransaction EnsureIncluded() => OutcomeErrors.Of(this) is { } error ? throw new ClientException(error) : this;
}
