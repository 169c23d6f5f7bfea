namespace Chain.StateMachine.Objects;

/// <summary>Chain parameters, part of the state.</summary>
public sealed record Parameters;
