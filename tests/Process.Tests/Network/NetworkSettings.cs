using System;
using System.Globalization;

namespace Chain.Process.Tests.Network;

/// <summary>Numbers from the environment, for longer runs.</summary>
internal static class NetworkSettings
{
    public static int Read(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
