namespace Chain.StateMachine.Registry;

/// <summary>What availability a lease promises; below it the tenant is credited. Numbers stand on the wire, the better the higher.</summary>
public enum SlaClass : byte
{
    /// <summary>For work that may be interrupted.</summary>
    Basic = 1,

    Standard = 2,

    High = 3,
}
