using System;

namespace Chain.Node.Keys;

/// <summary>
/// A key file is missing, unsafe or not what it must be. The node stops with exit code 75 and prints the message, which says
/// what happened, why, and what to do.
/// </summary>
public sealed class KeyFileException : Exception
{
    public KeyFileException(string what, string why, string remedy, Exception? cause = null)
        : base($"{what}: {why}. {remedy}", cause) { }
}
