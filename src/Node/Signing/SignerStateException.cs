using System;

namespace Chain.Node.Signing;

/// <summary>
/// The signer's state is missing or cannot be trusted, so nothing may be signed. The node stops with exit code 75 and prints
/// the message, which says what happened, why, and what to do.
/// </summary>
public sealed class SignerStateException : Exception
{
    public SignerStateException(string what, string why, string remedy, Exception? cause = null)
        : base($"{what}: {why}. {remedy}", cause) { }
}
