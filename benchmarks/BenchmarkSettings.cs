using System;
using System.IO;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Chain.Benchmarks;

/// <summary>How every benchmark runs; options of the command line go on top.</summary>
public static class BenchmarkSettings
{
    /// <summary>
    /// Short and in this process: no project is generated and built for each class, so that the whole set takes a few
    /// minutes, and a busy machine disturbs it less. Results go below <c>artifacts</c>, as everything that is built.
    /// </summary>
    public static IConfig Create() => ManualConfig.CreateEmpty()
        .AddJob(Job.ShortRun
            .WithIterationCount(9)
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithMinIterationTime(TimeInterval.FromMilliseconds(100))
            .AsDefault())
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Descriptor, DefaultColumnProviders.Params, DefaultColumnProviders.Metrics)
        .AddColumn(StatisticColumn.Median, StatisticColumn.Min, StatisticColumn.Max)
        .AddLogger(ConsoleLogger.Default)
        .AddExporter(MarkdownExporter.GitHub)
        .WithArtifactsPath(Path.Combine(Environment.CurrentDirectory, "artifacts", "benchmarks"));
}
