using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.Simulator.Cluster;

/// <summary>Keys of everybody in a run, from fixed seeds.</summary>
internal sealed class ClusterKeys : IDisposable
{
    private const int ClientCount = 6;
    private const int VisitorCount = 4;

    public ClusterKeys(int validators)
    {
        Validators = Make("validator", validators);
        Operators = Make("operator", validators);
        Nodes = Make("node key", validators);
        Accounts = Make("client", ClientCount);
        Visitors = Make("visitor", VisitorCount);
    }

    /// <summary>Consensus keys, by place in the genesis.</summary>
    public IReadOnlyList<KeyLine> Validators { get; }

    /// <summary>Accounts of the providers that answer for the validators.</summary>
    public IReadOnlyList<KeyLine> Operators { get; }

    /// <summary>Keys of the validators' connections.</summary>
    public IReadOnlyList<KeyLine> Nodes { get; }

    /// <summary>Accounts that send transactions.</summary>
    public IReadOnlyList<KeyLine> Accounts { get; }

    /// <summary>Keys of nodes that want access.</summary>
    public IReadOnlyList<KeyLine> Visitors { get; }

    /// <summary>The consensus key of a validator's seat in this state; null while it has none.</summary>
    public PrivateKey? HeldBy(int validator, IStateReader state) =>
        Seats.Of(state, Operators[validator].Address) is { } seat ? Validators[validator].Holding(seat.ConsensusKey) : null;

    /// <summary>The address of a node's connections; twins have two.</summary>
    public static Address NodeId(int node) => Address.From(
        Sha256.Hash(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"node {node}"))).Span[..Address.Size]);

    public void Dispose()
    {
        foreach (IReadOnlyList<KeyLine> lines in (IReadOnlyList<KeyLine>[])[Validators, Operators, Nodes, Accounts, Visitors])
        {
            foreach (KeyLine line in lines) line.Dispose();
        }
    }

    private static KeyLine[] Make(string name, int count)
    {
        KeyLine[] lines = new KeyLine[count];
        for (int i = 0; i < count; i++) lines[i] = new KeyLine(string.Create(CultureInfo.InvariantCulture, $"{name} {i}"));
        return lines;
    }
}
