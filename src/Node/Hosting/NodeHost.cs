using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chain.Node.Hosting;

/// <summary>Runs a node until it is asked to stop (Ctrl-C, SIGTERM, the token) or something stops it.</summary>
public static class NodeHost
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <param name="ready">Called once the RPC server answers and the replica runs.</param>
    /// <param name="logLevel">Least level that is written to standard error; null leaves it to the configuration.</param>
    /// <param name="checksStore">Reads the whole database first.</param>
    /// <returns>Why it ended; for anything but a planned stop the reason and the remedy are on standard error.</returns>
    public static async Task<ExitCode> RunAsync(
        NodeHome home, Action<ChainNode> ready, LogLevel? logLevel, bool checksStore, CancellationToken cancellation)
    {
        try
        {
            NodeConfig config = home.ReadConfig();
            using ILoggerFactory loggers = LoggerFactory.Create(
                logging => Configure(logging, config.LogFormat, logLevel ?? config.LogLevel));
            StopNotice notice = new(loggers.CreateLogger("chain"));
            using SecondSignal second = new(notice.Tell);
            using HomeLock held = HomeLock.Take(home);
            await StateSyncRun.RunAsync(home, TimeProvider.System, loggers, cancellation).ConfigureAwait(false);
            ChainNode node = Composition.Open(home, TimeProvider.System, loggers, checksStore);
            await using (node.ConfigureAwait(false))
            {
                return await RunAsync(node, ready, notice, cancellation).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.PlannedStop;
        }
#pragma warning disable CA1031 // The last frame that can tell the operator what happened.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return StopReport.Write(Console.Error, fault);
        }
    }

    private static async Task<ExitCode> RunAsync(
        ChainNode node, Action<ChainNode> ready, StopNotice notice, CancellationToken cancellation)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IHostedService>(node);
        using IHost host = builder.Build();
        IHostApplicationLifetime lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        await host.StartAsync(cancellation).ConfigureAwait(false);
        ready(node);
        Task stop = WaitForStopAsync(lifetime, cancellation);
        await Task.WhenAny(stop, node.Ended).ConfigureAwait(false);
        if (stop.IsCompleted) notice.Tell();
        await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        Exception? fault = await node.Ended.ConfigureAwait(false);
        return fault is null ? ExitCode.PlannedStop : StopReport.Write(Console.Error, fault);
    }

    private static async Task WaitForStopAsync(IHostApplicationLifetime lifetime, CancellationToken cancellation)
    {
        TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration byHost = lifetime.ApplicationStopping.Register(() => stopping.TrySetResult());
        using CancellationTokenRegistration byCaller = cancellation.Register(() => stopping.TrySetResult());
        await stopping.Task.ConfigureAwait(false);
    }

    private static void Configure(ILoggingBuilder logging, LogFormat format, LogLevel level)
    {
        logging.SetMinimumLevel(level).AddFilter("Microsoft", LogLevel.Warning);
        if (format == LogFormat.Json)
        {
            logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = TimeFormat;
            });
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = TimeFormat + " ";
            });
        }
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
