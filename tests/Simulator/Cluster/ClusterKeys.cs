using System;
using System.Collections.Generic;
using System.Text;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Simulator.Cluster;

/// <summary>Keys of everybody in a run, from fixed seeds.</summary>
internal sealed class ClusterKeys : IDisposable
{
    public const int Clients = 6;

    public ClusterKeys(int validators)
    {
        Validators = Make("validator", validators);
        Operators = Make("operator", validators);
        Accounts = Make("client", Clients);
    }

    /// <summary>Consensus keys, by place in the genesis.</summary>
    public IReadOnlyList<PrivateKey> Validators { get; }

    /// <summary>Accounts of the providers that answer for the validators.</summary>
    public IReadOnlyList<PrivateKey> Operators { get; }

    /// <summary>Accounts that send transactions.</summary>
    public IReadOnlyList<PrivateKey> Accounts { get; }

    /// <summary>The address of a node's connections; twins have two.</summary>
    public static Address NodeId(int node) => Address.From(SeedOf("node", node).AsSpan(0, Address.Size));

    public void Dispose()
    {
        foreach (IReadOnlyList<PrivateKey> keys in (IReadOnlyList<PrivateKey>[])[Validators, Operators, Accounts])
        {
            foreach (PrivateKey key in keys) key.Dispose();
        }
    }

    private static PrivateKey[] Make(string name, int count)
    {
        PrivateKey[] keys = new PrivateKey[count];
        for (int i = 0; i < count; i++) keys[i] = PrivateKey.FromSeed(SeedOf(name, i));
        return keys;
    }

    private static byte[] SeedOf(string name, int index) => Sha256.Hash(Encoding.UTF8.GetBytes($"{name} {index}")).ToArray();
}
