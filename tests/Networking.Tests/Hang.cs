using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace Chain.Networking.Tests;

/// <summary>Guards against tests that hang. Nothing is judged by how long it takes.</summary>
internal static class Hang
{
    public static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(60);

    /// <summary>Waits until the condition holds.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeMax, $"never came: {what}");
            await Task.Delay(5);
        }
    }
}
