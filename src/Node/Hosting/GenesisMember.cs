using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Node.Hosting;

/// <summary>One of the first validators of a chain.</summary>
/// <param name="Operator">Account of the provider behind it.</param>
/// <param name="ValidatorKey">Signs blocks.</param>
/// <param name="NodeKey">Speaks to peers.</param>
/// <param name="Moniker">A name for people.</param>
public sealed record GenesisMember(Address Operator, PublicKey ValidatorKey, PublicKey NodeKey, string Moniker);
