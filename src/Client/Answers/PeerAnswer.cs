using System;

namespace Chain.Client.Answers;

/// <summary>One peer that a node is connected to, as the node tells it.</summary>
/// <param name="NodeId">40 hexadecimal digits.</param>
/// <param name="Address">Where the peer listens, as tcp://address:port.</param>
/// <param name="IsOutbound">True when the node dialled it.</param>
/// <param name="Version">What the peer says that it runs.</param>
/// <param name="Score">100 is a clean record, 0 ends the connection.</param>
/// <param name="RoundTrip">Of the last ping; null before the first.</param>
public sealed record PeerAnswer(
    string NodeId, string Address, bool IsOutbound, string Version, int Score, TimeSpan? RoundTrip);
