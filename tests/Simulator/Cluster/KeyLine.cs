using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Simulator.Cluster;

/// <summary>The keys that one owner uses one after the other, from fixed seeds; as many as it rotates to.</summary>
internal sealed class KeyLine(string owner) : IDisposable
{
    private readonly List<PrivateKey> _keys = [];

    /// <summary>The one of the genesis.</summary>
    public PrivateKey First => At(0);

    /// <summary>The address of the account that began with the first key, whichever speaks for it now.</summary>
    public Address Address => First.PublicKey.Address;

    /// <summary>The key with this public key, which is of this line; the first one for none.</summary>
    public PrivateKey Holding(PublicKey? key) => key is { } known ? At(PlaceOf(known)) : First;

    /// <summary>One that was never used.</summary>
    public PrivateKey Fresh() => At(Math.Max(1, _keys.Count));

    /// <summary>The key that comes after it.</summary>
    public PrivateKey After(PrivateKey key) => At(PlaceOf(key.PublicKey) + 1);

    /// <summary>The place of a set that a key of this line holds; −1 when none does.</summary>
    public int PlaceIn(ValidatorSet set, out PrivateKey? key)
    {
        foreach (PrivateKey known in _keys)
        {
            key = known;
            int place = set.IndexOf(known.PublicKey.Address);
            if (place >= 0) return place;
        }
        key = null;
        return -1;
    }

    public void Dispose()
    {
        foreach (PrivateKey key in _keys) key.Dispose();
    }

    private int PlaceOf(PublicKey key) => _keys.FindIndex(known => known.PublicKey == key);

    private PrivateKey At(int place)
    {
        while (_keys.Count <= place)
        {
            string name = _keys.Count == 0 ? owner : string.Create(CultureInfo.InvariantCulture, $"{owner} rotation {_keys.Count}");
            _keys.Add(PrivateKey.FromSeed(Sha256.Hash(Encoding.UTF8.GetBytes(name)).Span));
        }
        return _keys[place];
    }
}
