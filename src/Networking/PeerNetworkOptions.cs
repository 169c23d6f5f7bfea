using System;
using System.Collections.Generic;
using System.Net;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Networking;

/// <summary>What a network needs to know at its start.</summary>
public sealed record PeerNetworkOptions
{
    /// <summary>Where to listen; port 0 takes any free one.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>Proves who we are. Stays the caller's to dispose, after the network.</summary>
    public required PrivateKey NodeKey { get; init; }

    public required string ChainId { get; init; }

    public required Hash256 GenesisHash { get; init; }

    /// <summary>Our software's version, for the peers' status pages.</summary>
    public required string Version { get; init; }

    /// <summary>Newest rules of the application that our software knows, for the peers' status pages.</summary>
    public uint AppVersion { get; init; }

    /// <summary>The blocks that we hold; asked for each hello. Must not block; called on any thread.</summary>
    public Func<BlockRange> Blocks { get; init; } = static () => default;

    /// <summary>Connections at once, both directions together.</summary>
    public int PeersMax { get; init; } = 512;

    /// <summary>Of those, how many may be without a kept place (<see cref="IAdmission.HasPlace"/>): the rest is for a full mesh of validators.</summary>
    public int GuestsMax { get; init; } = 192;

    /// <summary>The first dial targets; see <see cref="PeerNetwork.SetDialTargets"/>.</summary>
    public IReadOnlyList<PeerAddress> Dial { get; init; } = [];

    /// <summary>How long a TCP connection may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long TLS and hello may take together.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Handshakes that one address may begin in <see cref="NetworkLimits.HandshakeWindow"/>: some percent of a core. A network that
    /// starts behind one address needs two for each pair.
    /// </summary>
    public int HandshakesPerAddress { get; init; } = 200;

    /// <summary>
    /// The same for all addresses together: a fourth of two cores. Who is connected stays, and we go on dialling; twice what 200 validators
    /// and their guests need at once.
    /// </summary>
    public int HandshakesInAll { get; init; } = 2_000;

    /// <summary>After so long without a byte from a peer it is pinged.</summary>
    public TimeSpan PingAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After so long without a byte from a peer, or with one write stuck, the connection ends.</summary>
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The wait before the first attempt to reconnect; doubles up to <see cref="ReconnectMax"/>, half of it random.</summary>
    public TimeSpan ReconnectMin { get; init; } = TimeSpan.FromMilliseconds(250);

    public TimeSpan ReconnectMax { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a first ban lasts; doubles with each that follows, up to <see cref="BanMax"/>. None lasts for ever.</summary>
    public TimeSpan BanMin { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan BanMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Seed of the jitter. Null takes the node key's address, so that no two nodes wait in step.</summary>
    public int? JitterSeed { get; init; }
}
