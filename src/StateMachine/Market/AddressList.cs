using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Market;

/// <summary>Addresses that an order or offer allows or denies: ascending, so that equal lists have equal bytes.</summary>
public static class AddressList
{
    public static bool Contains(IReadOnlyList<Address> list, in Address address)
    {
        foreach (Address listed in list)
        {
            if (listed == address) return true;
        }
        return false;
    }

    /// <summary>True when the address may, by a list of those who may (empty for all) and one of those who may not.</summary>
    public static bool Admits(IReadOnlyList<Address> allowed, IReadOnlyList<Address> denied, in Address address) =>
        (allowed.Count == 0 || Contains(allowed, address)) && !Contains(denied, address);

    public static void Write(ref MessagePackWriter writer, IReadOnlyList<Address> list)
    {
        writer.Array(list.Count);
        foreach (Address address in list) writer.Bin(address);
    }

    /// <summary>A list that does not ascend strictly is refused.</summary>
    public static Address[] Read(ref MessagePackReader reader)
    {
        Address[] list = new Address[reader.ArrayHeader(MarketLimits.AddressesMax)];
        for (int i = 0; i < list.Length && reader.IsOk; i++)
        {
            list[i] = reader.Address();
            if (i > 0 && list[i - 1] >= list[i]) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        return list;
    }
}
