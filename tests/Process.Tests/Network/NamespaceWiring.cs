using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Chain.Process.Tests.Network;

/// <summary>
/// Every node lives in a network namespace of its own, as on a machine of its own: one cable to a switch in a further namespace, over
/// which it reaches its peers, and one to the test, for RPC. A partition moves cables to a second switch: packets are lost, nobody is
/// told, and the kernel's retransmissions are the real ones. Needs root.
/// </summary>
internal sealed class NamespaceWiring : IWiring
{
    private const string NamePrefix = "chain-test-";
    private const string Switch = "switch";
    private const string Left = "left";
    private const string Right = "right";

    /// <summary>Where packets go that shall get lost: nobody has this address.</summary>
    private const string NoCard = "02:00:00:00:00:00";

    private readonly int _nodes;
    private readonly string _name = $"{NamePrefix}{Environment.ProcessId}-{Random.Shared.Next(0x10000):x4}";
    // 10.x.y.0/24 towards the test: four addresses for each node.
    private readonly string _net = $"10.{Random.Shared.Next(100, 255)}.{Random.Shared.Next(1, 255)}";
    private readonly List<(int Node, int Other)> _cut = [];

    private NamespaceWiring(int nodes) => _nodes = nodes;

    /// <summary>The wiring, or null where this machine does not let us make namespaces, with the reason.</summary>
    public static NamespaceWiring? TryCreate(int nodes, out string reason)
    {
        NamespaceWiring wiring = new(nodes);
        try
        {
            DeleteForgotten();
            wiring.Lay();
            reason = "";
            return wiring;
        }
        catch (Exception e) when (e is IOException or System.ComponentModel.Win32Exception)
        {
            wiring.Dispose();
            reason = e.Message;
            return null;
        }
    }

    public string HostOf(int node) => $"{_net}.{(4 * node) + 2}";

    public string PeerAddressOf(int node) => $"{PeerHostOf(node)}:{TestNetwork.PeerPort}";

    public string DialAddress(int from, int to) => PeerAddressOf(to);

    public IReadOnlyList<string> CommandPrefixOf(int node) => ["ip", "netns", "exec", NameOf(node)];

    public void Separate(params int[] numbers) => Run([.. numbers.Select(node => Plug(node, Right))]);

    public void Cut(int one, int other)
    {
        foreach ((int node, int peer) in new[] { (one, other), (other, one) })
        {
            Run($"-n {NameOf(node)} neigh replace {PeerHostOf(peer)} lladdr {NoCard} nud permanent dev peers");
            _cut.Add((node, peer));
        }
    }

    public void Heal()
    {
        Run([.. Enumerable.Range(0, _nodes).Select(node => Plug(node, Left))]);
        foreach ((int node, int peer) in _cut) Run($"-n {NameOf(node)} neigh del {PeerHostOf(peer)} dev peers");
        _cut.Clear();
    }

    /// <summary>The cables go with the namespaces.</summary>
    public void Dispose()
    {
        foreach (string name in Names().Where(name => name.StartsWith(_name, StringComparison.Ordinal))) Run($"netns del {name}");
    }

    private static string PeerHostOf(int node) => $"10.99.0.{node + 1}";

    private string NameOf(object part) => $"{_name}-{part}";

    private string Plug(int node, string bridge) => $"-n {NameOf(Switch)} link set port{node} master {bridge}";

    private void Lay()
    {
        string hub = NameOf(Switch);
        Run($"netns add {hub}", $"-n {hub} link add {Left} up type bridge", $"-n {hub} link add {Right} up type bridge");
        for (int node = 0; node < _nodes; node++)
        {
            string space = NameOf(node);
            string end = $"ct{Environment.ProcessId % 100_000}{_name[^4..]}{node}"; // a name of at most 15 letters
            Run($"netns add {space}",
                $"-n {space} link set lo up",
                $"link add port{node} netns {hub} type veth peer name peers netns {space}",
                $"-n {space} addr add {PeerHostOf(node)}/24 dev peers",
                $"-n {space} link set peers up",
                $"-n {hub} link set port{node} up",
                Plug(node, Left),
                $"link add {end} type veth peer name test netns {space}",
                $"addr add {_net}.{(4 * node) + 1}/30 dev {end}",
                $"link set {end} up",
                $"-n {space} addr add {HostOf(node)}/30 dev test",
                $"-n {space} link set test up");
        }
    }

    /// <summary>Removes what test runs left that were killed.</summary>
    private static void DeleteForgotten()
    {
        foreach (string name in Names().Where(static name => name.StartsWith(NamePrefix, StringComparison.Ordinal)))
        {
            string process = name[NamePrefix.Length..].Split('-')[0];
            if (!Directory.Exists($"/proc/{process}")) Run($"netns del {name}");
        }
    }

    private static IEnumerable<string> Names() =>
        Run("netns list").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ')[0]);

    /// <summary>Runs <c>ip</c> with each of these; one that fails is an <see cref="IOException"/>.</summary>
    private static string Run(params IReadOnlyList<string> commands)
    {
        string output = "";
        foreach (string command in commands)
        {
            ProcessStartInfo start = new("ip", command) { RedirectStandardOutput = true, RedirectStandardError = true };
            using System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
            output += process.StandardOutput.ReadToEnd();
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0) throw new IOException($"ip {command}: {error.Trim()}");
        }
        return output;
    }
}
