using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Chain.Networking.Listening;

/// <summary>Bounds incoming handshakes at once, in all and for each address.</summary>
internal sealed class HandshakeSlots
{
    private const int NetworkBytesOfIpv6 = 8;

    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private readonly Lock _gate = new();
    private int _taken;

    public bool TryEnter(IPAddress address)
    {
        IPAddress key = KeyOf(address);
        lock (_gate)
        {
            int taken = _byAddress.GetValueOrDefault(key);
            if (_taken >= NetworkLimits.HandshakesMax || taken >= NetworkLimits.HandshakesPerAddressMax) return false;
            _taken++;
            _byAddress[key] = taken + 1;
            return true;
        }
    }

    public void Leave(IPAddress address)
    {
        IPAddress key = KeyOf(address);
        lock (_gate)
        {
            _taken--;
            int left = _byAddress[key] - 1;
            if (left == 0) _byAddress.Remove(key);
            else _byAddress[key] = left;
        }
    }

    /// <summary>Whoever has one IPv6 address has its whole /64.</summary>
    private static IPAddress KeyOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytesOfIpv6).Clear();
        return new IPAddress(bytes);
    }
}
