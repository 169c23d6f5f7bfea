using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;

namespace Chain.Consensus.Light;

/// <summary>
/// Verifies a far header by as few in between as the changes of the validators demand (CometBFT <c>verifySkipping</c>). It
/// names the height that it needs, the caller fetches and supplies it, until it is done. Each step up halves a distance, so
/// a liar can make it ask for at most some 60 blocks for each one that it verifies.
/// </summary>
public sealed class Bisection
{
    private readonly Timestamp _now;
    private readonly LightOptions _options;
    private readonly ISignatureVerifier? _verifier;
    private readonly List<LightBlock> _trace;

    /// <summary>Fetched and not verified yet, the target first, then ever nearer ones.</summary>
    private readonly List<LightBlock> _unverified = [];

    /// <param name="trusted">A block that the caller trusts, lower than the target.</param>
    /// <param name="now">The caller's clock.</param>
    public Bisection(
        LightBlock trusted, Height target, Timestamp now, LightOptions options, ISignatureVerifier? verifier = null)
    {
        Invariant.Holds(trusted.Height < target, "bisection goes up");
        _now = now;
        _options = options;
        _verifier = verifier;
        _trace = [trusted];
        Target = target;
        Wanted = target;
    }

    public Height Target { get; }

    public BisectionState State { get; private set; } = BisectionState.NeedsBlock;

    /// <summary>The height to supply next, while one is needed.</summary>
    public Height Wanted { get; private set; }

    /// <summary>Why it failed; valid until then.</summary>
    public LightVerdict Verdict { get; private set; }

    /// <summary>The height of the block that failed.</summary>
    public Height FailedAt { get; private set; }

    /// <summary>All that is trusted now, ascending, from the first trusted block on.</summary>
    public IReadOnlyList<LightBlock> Trace => _trace;

    /// <summary>Takes the block of the wanted height, as a node gave it.</summary>
    public void Supply(LightBlock block)
    {
        Invariant.Holds(State == BisectionState.NeedsBlock, "bisection is not over");
        if (block.Height != Wanted)
        {
            Fail(Wanted, LightCode.WrongHeight);
            return;
        }
        _unverified.Add(block);
        // A pivot may carry enough trust to reach straight to the target, so after each one the highest is tried first.
        int place = _unverified.Count - 1;
        while (true)
        {
            LightBlock trusted = _trace[^1];
            LightBlock next = _unverified[place];
            LightVerdict verdict = HeaderVerifier.Verify(
                trusted.Header, trusted.Validators, next, _now, _options, _verifier);
            if (verdict.IsValid)
            {
                _trace.Add(next);
                _unverified.RemoveRange(place, _unverified.Count - place);
                if (place == 0) State = BisectionState.Verified;
                if (place == 0) return;
                place = 0;
            }
            else if (verdict.Code != LightCode.NotEnoughTrust)
            {
                Fail(next.Height, verdict);
                return;
            }
            else if (++place == _unverified.Count)
            {
                // Never next to the trusted one: an adjacent header does not lack trust, it is right or wrong.
                Wanted = new Height(trusted.Height.Value + ((next.Height.Value - trusted.Height.Value) / 2));
                return;
            }
        }
    }

    private void Fail(Height height, LightVerdict verdict)
    {
        State = BisectionState.Failed;
        FailedAt = height;
        Verdict = verdict;
    }
}
