namespace Chain.StateMachine.Registry;

/// <summary>Something that a provider says about itself, for example <c>gpu-model = h100</c>.</summary>
public readonly record struct ProviderAttribute(string Name, string Value);
