using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Mempool;
using Chain.Node.Peers.Messages;
using Chain.Primitives.Blocks;

namespace Chain.Node.Peers;

/// <summary>
/// Gets the blocks that the core asks for: outlines come with proposals, bodies from the mempool, and what is missing from
/// peers, one asked after the other. Bounded by <see cref="PeerLimits.OutlinesMax"/>; used on the replica's thread.
/// </summary>
/// <param name="blockBytesMax">Bytes of a block, by the chain's parameters of now.</param>
public sealed class BlockAssembler(TransactionPool pool, PeerTable peers, NodeClock clock, Func<long> blockBytesMax)
{
    private readonly List<BlockCandidate> _candidates = [];

    /// <summary>Takes an outline that fits its id. Where one is known already it stays.</summary>
    public void Offer(Height height, in BlockId id, BlockOutline outline, IPeer source)
    {
        BlockCandidate candidate = FindOrAdd(height, id);
        if (candidate.Outline is null) candidate.Give(outline, source);
    }

    /// <summary>True when an outline that fits this id is here.</summary>
    public bool Has(in BlockId id) => Find(id) is { Outline: not null };

    /// <summary>Takes an outline that was asked for and fits its id.</summary>
    public void Give(in BlockId id, BlockOutline outline, IPeer source)
    {
        if (Find(id) is { Outline: null } candidate) candidate.Give(outline, source);
    }

    /// <summary>The core wants this block. The block when everything is here, else null, and peers are asked.</summary>
    public Block? Want(Height height, in BlockId id)
    {
        BlockCandidate candidate = FindOrAdd(height, id);
        candidate.IsWanted = true;
        return Complete(candidate);
    }

    /// <summary>A peer sent bodies: the block, if it is whole and wanted now.</summary>
    public (BlockId Id, Block Block)? Put(PeerMessage.Bodies bodies, IPeer source)
    {
        if (Find(bodies.BlockId) is not { Outline: not null } candidate) return null;
        foreach ((int place, byte[] body) in bodies.Items)
        {
            if (candidate.Put(place, body)) continue;
            source.Report(PeerFault.Lie);
            return null;
        }
        return candidate.IsWanted && Complete(candidate) is { } block ? (candidate.Id, block) : null;
    }

    /// <summary>A block that is wanted and whole by now: an outline came, or the mempool got what was missing.</summary>
    public (BlockId Id, Block Block)? TakeComplete()
    {
        foreach (BlockCandidate candidate in _candidates)
        {
            if (!candidate.IsWanted || candidate.Outline is null) continue;
            if (Complete(candidate) is { } block) return (candidate.Id, block);
        }
        return null;
    }

    /// <summary>Asks again, and others, for what has not come.</summary>
    public void Tick()
    {
        foreach (BlockCandidate candidate in _candidates)
        {
            if (candidate.IsWanted && clock.NowMs - candidate.AskedMs >= PeerLimits.AskAgainMs) Ask(candidate);
        }
    }

    /// <summary>Forgets everything below a height.</summary>
    public void MoveTo(Height running) => _candidates.RemoveAll(candidate => candidate.Height < running);

    private Block? Complete(BlockCandidate candidate)
    {
        candidate.Fill(pool);
        if (candidate.Assemble() is not { } block)
        {
            if (candidate.AskedCount == 0) Ask(candidate);
            return null;
        }
        if (block.Id() != candidate.Id)
        {
            // All hashes of the header fit, but not the parts: what no hash covers was changed on the way.
            candidate.Source?.Report(PeerFault.Lie);
            candidate.ForgetOutline();
            Ask(candidate);
            return null;
        }
        _candidates.Remove(candidate);
        return block;
    }

    /// <summary>First whoever gave the outline, then the others in turn.</summary>
    private void Ask(BlockCandidate candidate)
    {
        ImmutableArray<PeerView> all = peers.All;
        candidate.AskedMs = clock.NowMs;
        if (all.IsEmpty || candidate.IsTooLarge) return;
        PeerView asked = all[candidate.AskedCount % all.Length];
        if (candidate.AskedCount == 0 && candidate.Source is { } source && peers.Find(source) is { } giver) asked = giver;
        candidate.AskedCount++;
        asked.Send(candidate.Outline is null
            ? new PeerMessage.OutlineWanted(candidate.Height, candidate.Id)
            : new PeerMessage.BodiesWanted(candidate.Height, candidate.Id, candidate.MissingPlaces()));
    }

    private BlockCandidate? Find(in BlockId id)
    {
        foreach (BlockCandidate candidate in _candidates)
        {
            if (candidate.Id == id) return candidate;
        }
        return null;
    }

    private BlockCandidate FindOrAdd(Height height, in BlockId id)
    {
        if (Find(id) is { } known) return known;
        if (_candidates.Count >= PeerLimits.OutlinesMax)
        {
            int oldest = _candidates.FindIndex(candidate => !candidate.IsWanted);
            _candidates.RemoveAt(oldest < 0 ? 0 : oldest);
        }
        BlockCandidate added = new(height, id, blockBytesMax());
        _candidates.Add(added);
        return added;
    }
}
