using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Errors;
using Chain.Consensus.Light;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;

namespace Chain.Client.Light;

/// <summary>
/// Follows a chain's headers without believing anyone (CometBFT <c>light/client.go</c>): from a block that the user trusts,
/// over a primary node that is asked and witnesses that are compared with it. Verified blocks go into the store. One call at
/// a time. Every failure is a <see cref="ClientException"/>; a proven fork is a result, see <see cref="LightSync"/>.
/// </summary>
public sealed class LightClient
{
    /// <summary>Verified blocks that a store keeps; the oldest give way. Count.</summary>
    public const int StoredBlocksMax = 100;

    /// <summary>A witness may be a block behind: so often it is asked, with this long between. Count, milliseconds.</summary>
    private const int WitnessAttemptsMax = 4;
    private const int WitnessWaitMs = 500;

    private readonly LightOptions _options;
    private readonly ILightStore _store;
    private readonly ILightSource _primary;
    private readonly IReadOnlyList<ILightSource> _witnesses;
    private readonly TimeProvider _time;

    public LightClient(
        LightOptions options, ILightStore store, ILightSource primary, IReadOnlyList<ILightSource> witnesses, TimeProvider time)
    {
        if (!options.IsValid) throw LightErrors.BadOptions();
        _options = options;
        _store = store;
        _primary = primary;
        _witnesses = witnesses;
        _time = time;
    }

    /// <summary>The newest verified block, or null before <see cref="TrustAsync"/>.</summary>
    public LightBlock? Newest => _store.Blocks.Count == 0 ? null : _store.Blocks[^1];

    private Timestamp Now => Timestamp.FromUnixMs(_time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>
    /// Begins with a block whose height and hash the user knows to be right. A store that is still fresh must agree with it;
    /// one that has expired begins anew.
    /// </summary>
    public async Task<LightBlock> TrustAsync(Height height, Hash256 hash, CancellationToken cancel)
    {
        if (Newest is { } newest && !IsExpired(newest))
        {
            LightBlock? known = (await SyncAsync(height, cancel)).Trusted;
            return known?.Header.Hash() == hash
                ? known
                : throw LightErrors.WrongTrust(height, "What this client verified before leads to another block.");
        }
        LightBlock block = await _primary.FetchAsync(height, cancel);
        if (block.Height != height || block.Header.Hash() != hash)
        {
            throw LightErrors.WrongTrust(height, $"{_primary.Name} gives a block with the hash {block.Header.Hash()}.");
        }
        LightVerdict verdict = HeaderVerifier.CheckWhole(block.Header.ChainId, block);
        if (verdict.IsValid) verdict = HeaderVerifier.OwnCommit(block);
        if (verdict.IsValid && IsExpired(block)) verdict = LightCode.TrustExpired;
        if (!verdict.IsValid) throw LightErrors.Of(verdict, height, _primary.Name);
        _store.Save([block]);
        return block;
    }

    /// <summary>Verifies the block at a height, or the primary's newest for null, and keeps it.</summary>
    public async Task<LightSync> SyncAsync(Height? target, CancellationToken cancel)
    {
        LightBlock newest = Newest ?? throw LightErrors.NothingTrusted();
        if (IsExpired(newest)) throw LightErrors.Of(LightCode.TrustExpired, newest.Height, _primary.Name);
        Timestamp now = Now;
        LightBlock? latest = target is null ? await _primary.FetchAsync(null, cancel) : null;
        Height goal = target ?? latest!.Height;
        (LightBlock? below, LightBlock? above) = Around(goal);
        IReadOnlyList<LightBlock> path;
        if (below is not null && below.Height == goal) path = Known(below, latest);
        else if (below is not null && !IsExpired(below)) path = await BisectAsync(below, goal, latest, now, cancel);
        else path = await WalkBackAsync(above!, goal, cancel);

        // Backwards the hashes prove all, so there is nothing that a witness could add.
        bool isForwards = path[^1].Height >= path[0].Height;
        List<WitnessReport> reports = [];
        if (isForwards) foreach (ILightSource witness in _witnesses) reports.Add(await AskAsync(witness, path, now, cancel));
        LightSync result = new(path[^1], path, reports);
        if (result.Conflict is not null) return result with { Trusted = null };
        bool isConfirmed = reports.Count == 0 || reports.Exists(static report => report.State == WitnessState.Agrees);
        if (!isConfirmed) throw LightErrors.NoWitness();
        Keep(path);
        return result;
    }

    private bool IsExpired(LightBlock block) => HeaderVerifier.IsExpired(block.Header, _options.TrustingPeriodMs, Now);

    /// <summary>The nearest stored blocks at or below a height and above it.</summary>
    private (LightBlock? Below, LightBlock? Above) Around(Height height)
    {
        LightBlock? below = null;
        foreach (LightBlock block in _store.Blocks)
        {
            if (block.Height > height) return (below, block);
            below = block;
        }
        return (below, null);
    }

    private LightBlock[] Known(LightBlock known, LightBlock? given)
    {
        bool isSame = given is null || given.Header.Hash() == known.Header.Hash();
        return isSame ? [known] : throw LightErrors.Of(LightCode.WrongChain, known.Height, _primary.Name);
    }

    private async Task<IReadOnlyList<LightBlock>> BisectAsync(
        LightBlock trusted, Height goal, LightBlock? latest, Timestamp now, CancellationToken cancel)
    {
        Bisection bisection = new(trusted, goal, now, _options);
        while (bisection.State == BisectionState.NeedsBlock)
        {
            bool isAtHand = latest is not null && bisection.Wanted == latest.Height;
            bisection.Supply(isAtHand ? latest! : await _primary.FetchAsync(bisection.Wanted, cancel));
        }
        return bisection.State == BisectionState.Verified
            ? bisection.Trace
            : throw LightErrors.Of(bisection.Verdict, bisection.FailedAt, _primary.Name);
    }

    /// <summary>Down the hashes, block by block: slow for a far height, and sure for any age.</summary>
    private async Task<IReadOnlyList<LightBlock>> WalkBackAsync(LightBlock trusted, Height goal, CancellationToken cancel)
    {
        if (goal.Value < 1) throw LightErrors.Of(LightCode.WrongHeight, goal, _primary.Name);
        LightBlock at = trusted;
        while (at.Height > goal)
        {
            Height wanted = new(at.Height.Value - 1);
            LightBlock block = await _primary.FetchAsync(wanted, cancel);
            LightVerdict verdict = HeaderVerifier.VerifyBackwards(at.Header, block.Header);
            // The header is proven; what else came with it is kept too and must be its own.
            if (verdict.IsValid) verdict = HeaderVerifier.CheckWhole(at.Header.ChainId, block);
            if (!verdict.IsValid) throw LightErrors.Of(verdict, wanted, _primary.Name);
            at = block;
        }
        return [trusted, at];
    }

    private async Task<WitnessReport> AskAsync(
        ILightSource witness, IReadOnlyList<LightBlock> path, Timestamp now, CancellationToken cancel)
    {
        WitnessCheck check = new(path, now, _options);
        try
        {
            while (check.State == BisectionState.NeedsBlock)
            {
                check.Supply(await FetchPatientlyAsync(witness, check.Wanted, cancel));
            }
        }
        catch (ClientException e)
        {
            return new WitnessReport(witness.Name, WitnessState.Unavailable, $"{e.Error.What} {e.Error.Why}");
        }
        if (check.State == BisectionState.Verified) return new WitnessReport(witness.Name, WitnessState.Agrees);
        return check.Conflict is { } conflict
            ? new WitnessReport(witness.Name, WitnessState.Conflicts, conflict.Kind.ToString(), conflict)
            : new WitnessReport(witness.Name, WitnessState.Unproven, check.Verdict.ToString());
    }

    private async Task<LightBlock> FetchPatientlyAsync(ILightSource witness, Height height, CancellationToken cancel)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await witness.FetchAsync(height, cancel);
            }
            catch (ClientException e) when (e.Error.Code == ClientErrorCode.RpcRefused && attempt < WitnessAttemptsMax)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(WitnessWaitMs), _time, cancel);
            }
        }
    }

    private void Keep(IReadOnlyList<LightBlock> path)
    {
        SortedDictionary<Height, LightBlock> all = [];
        foreach (LightBlock block in _store.Blocks) all[block.Height] = block;
        int before = all.Count;
        foreach (LightBlock block in path) all.TryAdd(block.Height, block);
        if (all.Count == before) return;
        List<LightBlock> kept = [.. all.Values];
        if (kept.Count > StoredBlocksMax) kept.RemoveRange(0, kept.Count - StoredBlocksMax);
        _store.Save(kept);
    }
}
