using System;
using System.Collections.Generic;
using System.Text;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Tree;
using Chain.StateMachine.Tree;

namespace Chain.StateMachine.Tests.Store;

/// <summary>A random life of a state, and beside it a plain model of what every height must hold.</summary>
internal sealed class StateHistory
{
    private static readonly string[] Names = ["ibc", "market", "meta"];

    private readonly Random _random;
    private readonly List<byte[]> _keys = [];
    private readonly List<WriteBatch> _unwritten = [];
    private readonly int _unwrittenMax;

    public StateHistory(int seed, int unwrittenMax = 0)
    {
        _random = new Random(seed);
        _unwrittenMax = unwrittenMax;
        for (int i = 0; i < 40; i++) _keys.Add(Encoding.UTF8.GetBytes("key/" + i));
        _keys.AddRange(CollidingKeys.Find(6));
        for (int i = 0; i < StoreNames.All.Count; i++) Now.Add(new(Comparer<byte[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y))));
    }

    public MemoryStore Database { get; } = new();

    /// <summary>Keys that the history touches, and one that it never does.</summary>
    public IEnumerable<byte[]> Keys => [.. _keys, "never"u8.ToArray()];

    /// <summary>The newest pairs of each store, without its permanent key.</summary>
    public List<SortedDictionary<byte[], byte[]>> Now { get; } = [];

    /// <summary>The pairs of each store after each height.</summary>
    public SortedDictionary<long, List<SortedDictionary<byte[], byte[]>>> Past { get; } = [];

    public Action<IReadOnlyList<TreeJob>>? Run { get; init; }

    public StateStore State => new(new BatchOverlayReader(Database, [.. _unwritten]));

    /// <summary>Prepares a height with up to so many changes and checks its app hash against the model's.</summary>
    public void Advance(Height height, int changesMax)
    {
        StateOverlay overlay = new(State);
        for (int i = _random.Next(changesMax + 1); i > 0; i--) Change(overlay);
        WriteBatch batch = new();
        Hash256 appHash = State.Prepare(height, overlay.Changes, batch, Run);
        Take(batch);
        Past[height.Value] = Now.ConvertAll(pairs => new SortedDictionary<byte[], byte[]>(pairs, pairs.Comparer));
        Assert.Equal(ModelAppHash(), appHash);
        Assert.Equal(appHash, State.AppHash(height));
    }

    /// <summary>A batch joins those that wait; the oldest are written when too many do.</summary>
    public void Take(WriteBatch batch)
    {
        _unwritten.Add(batch);
        while (_unwritten.Count > _unwrittenMax)
        {
            Database.Write(_unwritten[0], sync: false);
            _unwritten.RemoveAt(0);
        }
    }

    private void Change(StateOverlay overlay)
    {
        int index = _random.Next(StoreNames.All.Count);
        StoreId store = StoreNames.All[index];
        byte[] key = _keys[_random.Next(_keys.Count)];
        switch (_random.Next(4))
        {
            case 0:
                overlay.Delete(store, key);
                Now[index].Remove(key);
                break;
            case 1 when Now[index].TryGetValue(key, out byte[]? same):
                overlay.Put(store, key, (byte[])same.Clone());
                break;
            default:
                byte[] value = new byte[_random.Next(1, 80)];
                _random.NextBytes(value);
                overlay.Put(store, key, value);
                Now[index][key] = value;
                break;
        }
    }

    /// <summary>The app hash from its definition, with none of the code under test.</summary>
    private Hash256 ModelAppHash()
    {
        Hash256[] leaves = new Hash256[3];
        for (int i = 0; i < leaves.Length; i++)
        {
            byte[] name = Encoding.UTF8.GetBytes(Names[i]);
            List<KeyValuePair<byte[], byte[]>> pairs = [new([0], name), .. Now[i]];
            Hash256 root = ReferenceTree.Root(TreeHashing.Ics23Smt, pairs);
            leaves[i] = Sha256.Hash([0, (byte)name.Length, .. name, 32, .. Sha256.Hash(root.Span).Span]);
        }
        Hash256 left = Sha256.Hash([1, .. leaves[0].Span, .. leaves[1].Span]);
        return Sha256.Hash([1, .. left.Span, .. leaves[2].Span]);
    }
}
