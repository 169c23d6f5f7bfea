namespace Chain.StateMachine.Execution;

/// <summary>The application versions whose rules this binary can run.</summary>
public static class ProtocolVersions
{
    public const ulong Newest = 1;

    public static bool IsKnown(ulong appVersion) => appVersion == Newest;
}
