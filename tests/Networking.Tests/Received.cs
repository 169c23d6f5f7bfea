using System;

namespace Chain.Networking.Tests;

/// <summary>A message that came.</summary>
internal sealed record Received(IPeer Peer, Channel Channel, ReadOnlyMemory<byte> Message);
