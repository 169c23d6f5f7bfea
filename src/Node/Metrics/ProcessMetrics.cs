using System;
using System.Diagnostics;

namespace Chain.Node.Metrics;

/// <summary>What <c>/metrics</c> tells of the process.</summary>
internal static class ProcessMetrics
{
    public static void Write(MetricsText text, string version)
    {
        using Process self = Process.GetCurrentProcess();
        text.Counter("process_cpu_seconds_total", "Processor time.", self.TotalProcessorTime.TotalSeconds);
        text.Gauge("process_resident_memory_bytes", "Memory in use.", self.WorkingSet64);
        text.Gauge("dotnet_gc_heap_bytes", "Managed memory.", GC.GetTotalMemory(forceFullCollection: false));
        text.Metric("chain_build_info", "gauge", "Always 1.").Value("chain_build_info", 1, ("version", version));
    }
}
