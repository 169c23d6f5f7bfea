using Chain.StateMachine.Objects;

namespace Chain.StateMachine.Governance.Contents;

/// <summary>A parameter and the value that it is to have.</summary>
public readonly record struct ParameterValue(ParameterId Id, ulong Value);
