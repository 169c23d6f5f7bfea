using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Chain.Networking.Listening;

/// <summary>
/// Bounds incoming handshakes: at once, in all and for each address, and how many an address may begin in a while. Each costs
/// signatures, before anybody knows whose key it is.
/// </summary>
/// <param name="startsMax">Handshakes of one address in <see cref="NetworkLimits.HandshakeWindow"/>.</param>
/// <param name="startsInAllMax">The same for all addresses together.</param>
internal sealed class HandshakeSlots(int startsMax, int startsInAllMax, TimeProvider time)
{
    private const int NetworkBytesOfIpv6 = 8;

    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _started = [];
    private long _startedSince = time.GetTimestamp();
    private int _startedInAll;
    private int _taken;

    public bool TryEnter(IPAddress address)
    {
        IPAddress key = KeyOf(address);
        lock (_gate)
        {
            int taken = _byAddress.GetValueOrDefault(key);
            if (_taken >= NetworkLimits.HandshakesMax || taken >= NetworkLimits.HandshakesPerAddressMax) return false;
            if (!TryStart(key)) return false;
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

    private bool TryStart(IPAddress key)
    {
        if (time.GetElapsedTime(_startedSince) >= NetworkLimits.HandshakeWindow)
        {
            _started.Clear();
            _startedInAll = 0;
            _startedSince = time.GetTimestamp();
        }
        int started = _started.GetValueOrDefault(key);
        if (started >= startsMax || _startedInAll >= startsInAllMax) return false;
        _started[key] = started + 1;
        _startedInAll++;
        return true;
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
