using System.Collections.Generic;
using Chain.Networking;
using Chain.Node.Mempool;
using Chain.Node.Peers.Messages;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;

namespace Chain.Node.Peers;

/// <summary>A block that is being put together from its outline, the mempool and peers.</summary>
/// <param name="bytesMax">Of the transactions of a block. A proposer may name them without end; what is larger is no block and is not kept.</param>
internal sealed class BlockCandidate(Height height, BlockId id, long bytesMax)
{
    /// <summary>Of its own bytes, the part that a transaction takes in a block besides them is at most one in so many.</summary>
    private const int PrefixShare = 8;

    private byte[]?[] _bodies = [];
    private int _missing;
    private long _bytes;

    public Height Height => height;

    public BlockId Id => id;

    /// <summary>The core asked for the block.</summary>
    public bool IsWanted { get; set; }

    public BlockOutline? Outline { get; private set; }

    /// <summary>Who gave the outline; asked first for what is missing, and blamed when it is none of this block.</summary>
    public IPeer? Source { get; private set; }

    /// <summary>When somebody was asked last, Unix milliseconds.</summary>
    public long AskedMs { get; set; }

    /// <summary>How many times somebody was asked.</summary>
    public int AskedCount { get; set; }

    /// <summary>Its name or its transactions say that it is larger than a block may be: nothing more is taken or asked for.</summary>
    public bool IsTooLarge { get; private set; } =
        (long)id.Parts.Total * Limits.BlockPartBytes > bytesMax + (bytesMax / PrefixShare) + PeerLimits.BlockRestBytesMax;

    public void Give(BlockOutline outline, IPeer? source)
    {
        if (IsTooLarge) return;
        Outline = outline;
        Source = source;
        _bodies = new byte[]?[outline.TransactionIds.Count];
        (_missing, _bytes) = (_bodies.Length, 0);
    }

    /// <summary>The outline was not this block's: start over with somebody else's.</summary>
    public void ForgetOutline() => (Outline, Source, _bodies, _missing) = (null, null, [], 0);

    /// <summary>Takes what the mempool has.</summary>
    public void Fill(TransactionPool pool)
    {
        if (Outline is null || _missing == 0) return;
        for (int i = 0; i < _bodies.Length; i++)
        {
            if (_bodies[i] is not null || pool.Find(Outline.TransactionIds[i]) is not { } found) continue;
            if (!Take(i, found.Bytes)) return;
        }
    }

    /// <summary>Takes a body that a peer sent; false when it is not the transaction of that place.</summary>
    public bool Put(int place, byte[] body)
    {
        if (IsTooLarge) return true;
        if (Outline is null || place >= _bodies.Length) return false;
        if (_bodies[place] is not null) return true;
        if (Sha256.Hash(body) != Outline.TransactionIds[place]) return false;
        Take(place, body);
        return true;
    }

    private bool Take(int place, byte[] body)
    {
        _bytes += body.Length;
        if (_bytes > bytesMax)
        {
            ForgetOutline();
            IsTooLarge = true;
            return false;
        }
        _bodies[place] = body;
        _missing--;
        return true;
    }

    /// <summary>Up to as many as one request asks for.</summary>
    public List<int> MissingPlaces()
    {
        List<int> places = [];
        for (int i = 0; i < _bodies.Length && places.Count < PeerLimits.PlacesPerRequestMax; i++)
        {
            if (_bodies[i] is null) places.Add(i);
        }
        return places;
    }

    /// <summary>The block, once nothing is missing; it may still not be the one that the id names.</summary>
    public Block? Assemble()
    {
        if (Outline is not { } outline || _missing > 0) return null;
        return new Block(outline.Header, [.. _bodies!], outline.Evidence, outline.LastCommit);
    }
}
