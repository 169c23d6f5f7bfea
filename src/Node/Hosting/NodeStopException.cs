using System;

namespace Chain.Node.Hosting;

/// <summary>Ends the node with an exit code and a text for the operator: what happened, why, and what to do.</summary>
public sealed class NodeStopException : Exception
{
    public NodeStopException(ExitCode code, string what, string remedy, Exception? cause = null) : base(what, cause)
    {
        Code = code;
        Remedy = remedy;
    }

    public NodeStopException() : this(ExitCode.BrokenInvariant, "the node stopped", "") { }

    public NodeStopException(string message) : this(ExitCode.BrokenInvariant, message, "") { }

    public NodeStopException(string message, Exception innerException)
        : this(ExitCode.BrokenInvariant, message, "", innerException) { }

    public ExitCode Code { get; }

    /// <summary>The command or action that helps.</summary>
    public string Remedy { get; }
}
