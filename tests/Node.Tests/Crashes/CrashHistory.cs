using System;
using System.Collections.Generic;
using Chain.Consensus.Recovery;
using Chain.Node.Core;
using Chain.Node.Rpc;
using Chain.Node.Storage.Blocks;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Node.Tests.Crashes;

/// <summary>What the world saw of the validator over all its lives: signatures that could leave, and blocks reported as decided.</summary>
internal sealed class CrashHistory
{
    private readonly Dictionary<(long Height, int Round, int Type), SignGuard> _signed = [];
    private readonly SortedDictionary<long, (BlockId Id, Hash256 AppHash, Hash256[] Transactions)> _published = [];
    private ValidatorSigner? _signer;
    private BlockFeed? _feed;
    private SignGuard? _seen;

    public int SignedCount => _signed.Count;

    public long PublishedLast { get; private set; }

    public int TransactionCount { get; private set; }

    /// <summary>A new life has read what it signed last.</summary>
    public void Opened(ValidatorSigner signer, BlockFeed feed)
    {
        if (_seen is { } before) Assert.True(Compare(signer.Guard, before) >= 0, $"the guard went back from {PlaceOf(before)} to {PlaceOf(signer.Guard)}");
        (_signer, _feed) = (signer, feed);
        Observe();
    }

    /// <summary>
    /// Call before each operation of the disk, and after a crash: between two signatures, and between two decisions, there is
    /// at least one operation, so none is missed.
    /// </summary>
    public void Observe()
    {
        if (_signer is { } signer && !ReferenceEquals(signer.Guard, _seen)) See(signer.Guard);
        if (_feed?.Latest is { } block && block.Height.Value > PublishedLast) See(block);
    }

    public void Ended()
    {
        Observe();
        (_signer, _feed) = (null, null);
    }

    /// <summary>All that was reported up to so many heights below the tip is still there, as it was.</summary>
    public void CheckKept(CrashNode node, long heights)
    {
        Assert.True(node.Tip.Height.Value >= PublishedLast, $"the chain ends at {node.Tip.Height}, {PublishedLast} was reported");
        for (long height = Math.Max(1, PublishedLast - heights); height <= PublishedLast; height++)
        {
            if (!_published.TryGetValue(height, out (BlockId Id, Hash256 AppHash, Hash256[] Transactions) published)) continue;
            Assert.Equal(published.Id, node.Blocks.LoadId(new Height(height)));
            Assert.Equal(published.AppHash, node.Blocks.LoadResults(new Height(height))!.AppHash);
            Assert.Equal(published.AppHash, node.State.AppHash(new Height(height)));
            foreach (Hash256 id in published.Transactions) Assert.Equal(height, node.Blocks.FindTransaction(id)?.Height.Value);
        }
    }

    private void See(SignGuard guard)
    {
        _seen = guard;
        if (guard.Height.Value == 0) return;
        (long, int, int) place = PlaceOf(guard);
        if (_signed.TryAdd(place, guard)) return;
        SignGuard first = _signed[place];
        Assert.True(
            first.SignBytes.Span.SequenceEqual(guard.SignBytes.Span) && first.Signature == guard.Signature,
            $"two signatures for {place}");
    }

    private void See(StoredBlock block)
    {
        PublishedLast = block.Height.Value;
        List<Hash256> ids = [];
        foreach (byte[] transaction in block.Block.Transactions) ids.Add(Sha256.Hash(transaction));
        _published.Add(PublishedLast, (block.Id, block.Results.AppHash, [.. ids]));
        TransactionCount += ids.Count;
    }

    private static (long Height, int Round, int Type) PlaceOf(SignGuard guard)
    {
        // Proposal 32, prevote 1, precommit 2: in the order of a round.
        int step = guard.Type == VoteType.Proposal ? 0 : (int)guard.Type;
        return (guard.Height.Value, guard.Round.Value, step);
    }

    private static int Compare(SignGuard one, SignGuard other) => PlaceOf(one).CompareTo(PlaceOf(other));
}
