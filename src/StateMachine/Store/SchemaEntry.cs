using System;

namespace Chain.StateMachine.Store;

/// <summary>One key prefix.</summary>
/// <param name="Prefix">First byte of the raw key.</param>
/// <param name="Name">For people and for error texts.</param>
/// <param name="Held">Credits (ncredit) that a value of this prefix holds; burned count as held, minted as negative.</param>
public sealed record SchemaEntry(StoreId Store, byte Prefix, string Name, Func<ReadOnlyMemory<byte>, Int128> Held)
{
    public static Int128 HoldsNothing(ReadOnlyMemory<byte> value) => 0;
}
