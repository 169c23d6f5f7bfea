namespace Chain.StateMachine.Proofs;

/// <summary>Hash functions that an ICS-23 operation may name. Those that no specification of ours uses are refused.</summary>
public enum HashOp
{
    NoHash = 0,
    Sha256 = 1,
    Sha512 = 2,
}
