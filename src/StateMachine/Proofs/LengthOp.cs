namespace Chain.StateMachine.Proofs;

/// <summary>How a leaf marks the length of its key and value (ICS-23 <c>LengthOp</c>, same numbers).</summary>
public enum LengthOp
{
    NoPrefix = 0,

    /// <summary>The length as a protobuf varint, in front.</summary>
    VarProto = 1,

    Fixed32Big = 3,
    Fixed32Little = 4,
    Fixed64Big = 5,
    Fixed64Little = 6,

    /// <summary>Nothing in front; any other length than 32 is refused.</summary>
    Require32Bytes = 7,

    /// <summary>Nothing in front; any other length than 64 is refused.</summary>
    Require64Bytes = 8,
}
