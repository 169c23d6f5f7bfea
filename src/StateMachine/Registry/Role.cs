namespace Chain.StateMachine.Registry;

/// <summary>What a participant of the market may be, besides a tenant, which everybody is.</summary>
public enum Role : byte
{
    Provider = 1,
    Auditor = 2,
    Prober = 3,
    Juror = 4,
}
