namespace Chain.Client.Bench;

/// <summary>What a load run measured.</summary>
/// <param name="Transactions">Included in blocks while the load ran.</param>
/// <param name="Seconds">From the first submission to the last inclusion that counts.</param>
/// <param name="Blocks">Blocks that carried them.</param>
/// <param name="LatencyMs">From submission to seeing the block, milliseconds: 50th, 90th, 99th percentile.</param>
/// <param name="VerifiesPerSecond">Ed25519 verifications of one core of this machine, measured just before.</param>
/// <param name="ClientCpuSeconds">Processor time that the load itself took, which the node did not have.</param>
public sealed record BenchReport(
    long Transactions,
    double Seconds,
    long Blocks,
    (double P50, double P90, double P99) LatencyMs,
    double VerifiesPerSecond,
    double ClientCpuSeconds)
{
    public double PerSecond => Transactions / Seconds;

    /// <summary>Share of the limit that one verification for each transaction sets on so many cores.</summary>
    public double ShareOfLimit(int cores) => PerSecond / (cores * VerifiesPerSecond);
}
