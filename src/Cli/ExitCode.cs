namespace Chain.Cli;

/// <summary>What the process answers its shell. 0 only when what was asked happened.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The command was understood, but what it asked for did not happen.</summary>
    public const int Failed = 1;

    /// <summary>Bad command line, configuration or genesis (EX_USAGE).</summary>
    public const int Usage = 64;

    /// <summary>A broken invariant: a fault of the program (EX_SOFTWARE).</summary>
    public const int Internal = 70;

    /// <summary>Stopped by Ctrl-C before it was done.</summary>
    public const int Interrupted = 130;
}
