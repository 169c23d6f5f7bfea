using Chain.Client.Errors;
using Chain.Primitives.Bytes;

namespace Chain.Client.Answers;

/// <summary>The node's first judgement of a transaction; code 0 means that it waits for a block, in which it may still fail.</summary>
public sealed record BroadcastAnswer(Hash256 Id, uint Code, string Log)
{
    /// <summary>Returns itself when the node took the transaction; throws <see cref="ClientException"/> when it refused it.</summary>
    public BroadcastAnswer EnsureAccepted() => Code == 0 ? this : throw new ClientException(ErrorCatalog.Error(Code, Log));
}
