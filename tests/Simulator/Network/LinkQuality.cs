namespace Chain.Simulator.Network;

/// <summary>How a network treats messages, drawn once a run. Times in milliseconds, chances in thousandths.</summary>
/// <param name="LatencyMsMin">Least one-way delay.</param>
/// <param name="LatencyMsMax">Largest usual one-way delay; each link draws its own base between the two.</param>
/// <param name="JitterMs">What chance adds to each message.</param>
/// <param name="TailPerMille">How many messages take ten times as long.</param>
/// <param name="Reorders">False keeps the order of messages of one channel, as a connection does.</param>
internal sealed record LinkQuality(
    long LatencyMsMin,
    long LatencyMsMax,
    long JitterMs,
    int TailPerMille,
    int LossPerMille,
    int DuplicatePerMille,
    bool Reorders)
{
    /// <summary>The same network on a good day: after the heal, messages arrive, and in time.</summary>
    public LinkQuality Heal() => this with { TailPerMille = 0, LossPerMille = 0 };
}
