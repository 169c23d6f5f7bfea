using System;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Networking;

/// <summary>
/// Who uses the network. For one peer <see cref="OnConnected"/> comes first and <see cref="OnDisconnected"/> last, and the messages
/// of one channel come one after the other; those of several channels or peers come at once. A handler that takes its time
/// holds back that channel of that peer alone: what waits is bounded, and the sender gets no credit for more.
/// </summary>
public interface IPeerHandler
{
    /// <summary>The peer was admitted and may be sent to. An earlier connection of the same id was disconnected before. Must not block.</summary>
    void OnConnected(IPeer peer);

    /// <summary>
    /// A whole message came. The bytes stay valid; the channel's next message comes once the task has completed. An exception
    /// other than for cancellation ends the connection.
    /// </summary>
    ValueTask OnMessageAsync(IPeer peer, Channel channel, ReadOnlyMemory<byte> message, CancellationToken cancellation);

    /// <summary>The connection ended, whoever ended it. The peer may come back as a new <see cref="IPeer"/>. Must not block.</summary>
    void OnDisconnected(IPeer peer);
}
