namespace Chain.Node.Hosting;

/// <summary>How a node ends (sysexits where one fits). Each is printed with what happened, why, and the command that helps.</summary>
public enum ExitCode
{
    /// <summary>Asked to stop.</summary>
    PlannedStop = 0,

    /// <summary>Bad command line, configuration or genesis.</summary>
    BadInput = 64,

    /// <summary>Something is missing on this machine or taken by another process.</summary>
    Unavailable = 69,

    /// <summary>A broken invariant: nothing was persisted after it.</summary>
    BrokenInvariant = 70,

    /// <summary>The disk is full or the store is damaged.</summary>
    Storage = 74,

    /// <summary>The signer refuses to start: key or signing state is missing, unreadable or unsafe.</summary>
    Signer = 75,

    /// <summary>A planned upgrade needs another binary.</summary>
    UpgradeHalt = 78,
}
