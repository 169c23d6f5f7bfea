using Chain.Primitives.Crypto;

namespace Chain.Primitives.Blocks;

/// <summary>A change of the validator set: the key's new power, 0 to remove it. Takes effect two heights later.</summary>
public readonly record struct ValidatorUpdate(PublicKey PublicKey, long Power);
