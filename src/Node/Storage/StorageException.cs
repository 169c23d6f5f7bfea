using System;

namespace Chain.Node.Storage;

/// <summary>
/// The disk or what lies on it is not what it must be: damage, no space, no permission. The node
/// stops with exit code 74 and prints the message, which says what happened, why, and what to do.
/// </summary>
public sealed class StorageException : Exception
{
    public StorageException(string what, string why, string remedy, Exception? cause = null)
        : base($"{what}: {why}. {remedy}", cause) { }
}
