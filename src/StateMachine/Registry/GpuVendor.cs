namespace Chain.StateMachine.Registry;

/// <summary>Who made a graphics processor. Numbers stand on the wire.</summary>
public enum GpuVendor : byte
{
    /// <summary>In a request: whoever. A provider says which.</summary>
    Any = 0,

    Nvidia = 1,
    Amd = 2,
    Intel = 3,
    Other = 4,
}
