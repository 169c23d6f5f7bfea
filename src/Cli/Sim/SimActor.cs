using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Registry;

namespace Chain.Cli.Sim;

/// <summary>Somebody in a scenario. Its key follows from its name.</summary>
/// <param name="Role">Null for a plain account, which any tenant is.</param>
/// <param name="Credits">Its balance at the start, ncredit; the stake is taken on top.</param>
internal sealed record SimActor(string Name, PublicKey Key, Role? Role, ulong Credits, ulong Stake, string Region, ulong Units, string Did)
{
    public Address Address => Key.Address;
}
