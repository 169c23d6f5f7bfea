using Chain.Primitives.Crypto;

namespace Chain.StateMachine.Genesis;

/// <summary>A validator of the first height.</summary>
/// <param name="Power">Voting power, above zero.</param>
/// <param name="Name">For people.</param>
public sealed record GenesisValidator(PublicKey PublicKey, long Power, string Name);
