namespace Chain.Client.Bench;

/// <summary>What a load run measured after its warm-up.</summary>
/// <param name="Transactions">Included in blocks.</param>
/// <param name="Blocks">Blocks that carried them.</param>
/// <param name="LatencyMs">From submission to seeing the block, milliseconds: 50th, 90th, 99th percentile.</param>
/// <param name="VerifiesPerSecond">Ed25519 verifications of one core of this machine, measured just before.</param>
/// <param name="ClientCpuSeconds">Processor time that the load itself took, which the nodes did not have.</param>
public sealed record LoadReport(
    long Transactions,
    double Seconds,
    long Blocks,
    (double P50, double P90, double P99) LatencyMs,
    double VerifiesPerSecond,
    double ClientCpuSeconds)
{
    public double PerSecond => Transactions / Seconds;

    /// <summary>
    /// Share of the limit that one verification for each transaction and node sets on so many cores (DESIGN section 14).
    /// </summary>
    public double ShareOfLimit(int cores, int nodes) => PerSecond * nodes / (cores * VerifiesPerSecond);

    /// <summary>The same share of the processor time that the load left to the nodes.</summary>
    public double ShareOfRest(int cores, int nodes) =>
        PerSecond * nodes / ((cores - (ClientCpuSeconds / Seconds)) * VerifiesPerSecond);
}
