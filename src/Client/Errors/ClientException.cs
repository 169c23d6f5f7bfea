using System;

namespace Chain.Client.Errors;

/// <summary>
/// The one exception that the SDK throws for an expected failure. The rule "a failure is a code" holds inside the chain;
/// here every call crosses a network that can fail in the same ways, and the caller of a script wants to stop at the first.
/// </summary>
public sealed class ClientException : Exception
{
    public ClientException(ClientError error, Exception? inner = null)
        : base($"{error.What} {error.Why} {error.Remedy} {string.Join(' ', error.Command)}".TrimEnd(), inner) => Error = error;

    public ClientException(ClientErrorCode code, string what, string why, string remedy, Exception? inner = null)
        : this(new ClientError(code, what, why, remedy), inner) { }

    public ClientError Error { get; }
}
