namespace Chain.StateMachine.Registry;

/// <summary>How a graphics processor is connected: cards of one name differ by it. Numbers stand on the wire.</summary>
public enum GpuInterface : byte
{
    /// <summary>In a request: whichever. Of a provider: not said.</summary>
    Any = 0,

    Pcie = 1,
    Sxm = 2,
    Oam = 3,
}
