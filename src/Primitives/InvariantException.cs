using System;

namespace Chain.Primitives;

/// <summary>Something that must always be true was not: a fault of this program or of the machine, never of a peer's input.</summary>
public sealed class InvariantException : Exception
{
    public InvariantException(string message) : base(message) { }

    public InvariantException() { }

    public InvariantException(string message, Exception innerException) : base(message, innerException) { }
}
