using System.Collections.Generic;
using Chain.Networking.Receiving;
using Chain.Networking.Sending;

namespace Chain.Networking.Connections;

/// <summary>Puts together what a connection's parts know of its channels.</summary>
internal static class ChannelReport
{
    public static IReadOnlyList<ChannelInfo> Of(Traffic traffic, SendQueues sending, ReceiveChannel[] receiving)
    {
        List<ChannelInfo> channels = [];
        for (int i = 1; i <= NetworkLimits.ChannelMax; i++)
        {
            (int messages, long bytes, long dropped) = sending.Queued((Channel)i);
            channels.Add(new ChannelInfo(
                (Channel)i,
                traffic.SentBytes(i),
                traffic.SentMessages(i),
                traffic.ReceivedBytes(i),
                traffic.ReceivedMessages(i),
                dropped,
                messages,
                bytes,
                receiving[i - 1].Held));
        }
        return channels;
    }
}
