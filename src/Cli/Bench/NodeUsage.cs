using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Cli.Bench;

/// <summary>What nodes have used so far, as their metrics tell it.</summary>
/// <param name="SentBytes">Bytes of frames that they sent to each other since they started.</param>
/// <param name="MemoryBytes">Memory of the largest.</param>
/// <param name="CpuSeconds">Processor time of all since they started.</param>
internal sealed record NodeUsage(double SentBytes, double MemoryBytes, double CpuSeconds)
{
    /// <summary>Asks each node once. Null when one does not answer.</summary>
    public static async Task<NodeUsage?> ReadAsync(IReadOnlyList<Uri> metrics, CancellationToken cancel)
    {
        using HttpClient http = new();
        NodeUsage sum = new(0, 0, 0);
        foreach (Uri page in metrics)
        {
            try
            {
                string text = await http.GetStringAsync(page, cancel);
                sum = new NodeUsage(
                    sum.SentBytes + Sum(text, "cometbft_p2p_message_send_bytes_total"),
                    Math.Max(sum.MemoryBytes, Sum(text, "process_resident_memory_bytes")),
                    sum.CpuSeconds + Sum(text, "process_cpu_seconds_total"));
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }
        return metrics.Count == 0 ? null : sum;
    }

    /// <summary>Adds up all series of one metric of a Prometheus page.</summary>
    internal static double Sum(string page, string name)
    {
        double sum = 0;
        foreach (string line in page.Split('\n'))
        {
            bool isSeries = line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] is ' ' or '{';
            if (!isSeries) continue;
            sum += double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
        }
        return sum;
    }
}
