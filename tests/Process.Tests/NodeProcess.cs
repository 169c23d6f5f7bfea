using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Chain.Process.Tests;

/// <summary>A node in a process of its own, on a free port. Whatever a test does, the process ends with this object.</summary>
internal sealed class NodeProcess : IDisposable
{
    private const int SigTerm = 15;

    private static readonly TimeSpan StartTimeMax = TimeSpan.FromSeconds(150);

    private readonly System.Diagnostics.Process _process;
    private readonly List<string> _errors = [];

    private NodeProcess(System.Diagnostics.Process process) => _process = process;

    /// <summary>The RPC server's address.</summary>
    public string Url { get; private set; } = "";

    public int Id => _process.Id;

    /// <summary>Processor time so far: what a measure on a busy machine can be told by.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>What the node wrote to standard error so far.</summary>
    public string Errors
    {
        get
        {
            lock (_errors) return string.Join('\n', _errors);
        }
    }

    /// <summary>Starts <c>chain start</c> and waits until it says where it listens.</summary>
    /// <param name="commandPrefix">What stands before the command; it must become the command, as <c>ip netns exec</c> does.</param>
    public static async Task<NodeProcess> StartAsync(string home, CancellationToken cancel, IReadOnlyList<string>? commandPrefix = null)
    {
        NodeProcess node = Launch(["start", "--home", home, "--json"], commandPrefix);
        try
        {
            await node.AnnouncedAsync(cancel);
            return node;
        }
        catch
        {
            node.Dispose();
            throw;
        }
    }

    /// <summary>Waits until it says where it listens.</summary>
    private async Task AnnouncedAsync(CancellationToken cancel)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(StartTimeMax);
        string answer = "";
        while (!answer.EndsWith("}\n", StringComparison.Ordinal))
        {
            if (await _process.StandardOutput.ReadLineAsync(limit.Token) is not { } line)
            {
                await _process.WaitForExitAsync(limit.Token);
                throw new InvalidOperationException($"the node ended with status {_process.ExitCode}:\n{Errors}");
            }
            answer += line + "\n";
        }
        using JsonDocument json = JsonDocument.Parse(answer);
        Url = json.RootElement.GetProperty("node").GetString()!;
    }

    /// <summary>Runs <c>chain</c> with these arguments.</summary>
    public static NodeProcess Launch(IReadOnlyList<string> arguments, IReadOnlyList<string>? commandPrefix = null)
    {
        string[] command = [.. commandPrefix ?? [], "dotnet", Path.Combine(AppContext.BaseDirectory, "chain.dll"), .. arguments];
        ProcessStartInfo start = new(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
        NodeProcess node = new(process);
        process.ErrorDataReceived += (_, e) => node.Note(e.Data);
        process.BeginErrorReadLine();
        return node;
    }

    /// <summary>Runs <c>chain</c> to its end: exit status, and standard output (where that is empty, standard error).</summary>
    public static async Task<(int Status, string Text)> RunAsync(IReadOnlyList<string> arguments)
    {
        using NodeProcess run = Launch(arguments);
        string output = await run._process.StandardOutput.ReadToEndAsync();
        int status = await run.ExitAsync();
        return (status, output.Length > 0 ? output : run.Errors);
    }

    /// <summary>kill −9: nothing gets a chance to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and the exit status.</summary>
    public Task<int> StopAsync()
    {
        _ = Kill(_process.Id, SigTerm);
        return ExitAsync();
    }

    public void Signal(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    /// <summary>Waits for the process to end by itself.</summary>
    public async Task<int> ExitAsync()
    {
        using CancellationTokenSource limit = new(StartTimeMax);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (Errors.Contains("error:", StringComparison.Ordinal)) TestContext.Current.TestOutputHelper?.WriteLine(Errors);
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private void Note(string? line)
    {
        if (line is null) return;
        lock (_errors) _errors.Add(line);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
