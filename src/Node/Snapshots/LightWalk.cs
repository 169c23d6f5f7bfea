using System.Collections.Generic;
using Chain.Consensus.Light;
using Chain.Networking;
using Chain.Node.Core;
using Chain.Node.Hosting;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;

namespace Chain.Node.Snapshots;

/// <summary>
/// Verifies the headers of a snapshot's height and of the one after it from a trusted block, by light blocks that peers give. It
/// says which height it needs next.
/// </summary>
internal sealed class LightWalk(
    string chainId, TrustedBlock trust, LightOptions options, NodeClock clock, ISignatureVerifier signatures)
{
    private readonly Dictionary<long, IPeer> _suppliers = [];
    private LightBlock? _trusted;
    private Bisection? _bisection;
    private Height _target;

    /// <summary>The block after the snapshot's, which names the app hash; null while it is not verified.</summary>
    public LightBlock? After { get; private set; }

    /// <summary>The snapshot's own block, with a commit whose every signature is right; null while it is not verified.</summary>
    public LightBlock? Own { get; private set; }

    public bool IsDone => Own is not null;

    /// <summary>The height to supply next.</summary>
    public Height Wanted
    {
        get
        {
            if (_trusted is null) return trust.Height;
            return After is null ? _bisection!.Wanted : _target;
        }
    }

    /// <summary>Begins for a snapshot; the trusted block is not above the one after it. What was verified before stays.</summary>
    public void Begin(Height height)
    {
        _target = height;
        (After, Own, _bisection) = (null, null, null);
        if (_trusted is not null) Aim(_trusted);
    }

    /// <summary>Takes the wanted height's block; answers the peer that gave a wrong one, if that shows now.</summary>
    public IPeer? Supply(LightBlock block, IPeer source)
    {
        if (block.Height != Wanted) return source;
        if (_trusted is null) return TakeTrusted(block) ? null : source;
        if (After is not null) return TakeOwn(block, After) ? null : source;
        _suppliers[block.Height.Value] = source;
        _bisection!.Supply(block);
        if (_bisection.State == BisectionState.Verified) After = _bisection.Trace[^1];
        if (_bisection.State != BisectionState.Failed) return null;
        if (_bisection.Verdict.Code == LightCode.TrustExpired) throw Expired();
        IPeer liar = _suppliers[_bisection.FailedAt.Value];
        Aim(_bisection.Trace[^1]);
        return liar;
    }

    private bool TakeTrusted(LightBlock block)
    {
        bool isRight = block.Header.Hash() == trust.Hash
            && HeaderVerifier.CheckWhole(chainId, block) == LightCode.Valid
            && HeaderVerifier.OwnCommit(block, signatures).IsValid;
        if (!isRight) return false;
        if (HeaderVerifier.IsExpired(block.Header, options.TrustingPeriodMs, Now)) throw Expired();
        _trusted = block;
        Aim(block);
        return true;
    }

    private bool TakeOwn(LightBlock block, LightBlock after)
    {
        bool isRight = HeaderVerifier.VerifyBackwards(after.Header, block.Header) == LightCode.Valid
            && HeaderVerifier.CheckWhole(chainId, block) == LightCode.Valid
            && block.Commit.BlockId == after.Header.LastBlockId
            && CommitVerifier.Verify(
                chainId, block.Validators, block.Commit.BlockId, block.Height, block.Commit, signatures) == CommitVerdict.Valid;
        if (isRight) Own = block;
        return isRight;
    }

    private void Aim(LightBlock from)
    {
        if (from.Height == _target.Next) After = from;
        else _bisection = new Bisection(from, _target.Next, Now, options, signatures);
    }

    private Timestamp Now => Timestamp.FromUnixMs(clock.NowMs);

    private NodeStopException Expired() => new(
        ExitCode.BadInput,
        $"the trusted block of height {trust.Height} is older than the trusting period",
        "Name a newer block in state_sync, with a hash from a source that you trust.");
}
