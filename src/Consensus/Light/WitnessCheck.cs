using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;

namespace Chain.Consensus.Light;

/// <summary>
/// Compares what a primary node proved with what a second node says (CometBFT <c>light/detector.go</c>). A step machine as
/// <see cref="Bisection"/>: it names the height that it needs from the witness. A witness that says something else must
/// prove it; one that cannot is only a bad witness.
/// </summary>
public sealed class WitnessCheck
{
    private readonly IReadOnlyList<LightBlock> _trace;
    private readonly Timestamp _now;
    private readonly LightOptions _options;
    private readonly ISignatureVerifier? _verifier;
    private LightBlock? _claim;
    private Bisection? _bisection;
    private int _place = -1;

    /// <param name="trace">What the primary proved: a trusted block and those verified from it, ascending.</param>
    public WitnessCheck(
        IReadOnlyList<LightBlock> trace, Timestamp now, LightOptions options, ISignatureVerifier? verifier = null)
    {
        Invariant.Holds(trace.Count >= 1, "there is something to compare");
        _trace = trace;
        _now = now;
        _options = options;
        _verifier = verifier;
        Wanted = trace[^1].Height;
    }

    /// <summary>Verified: the witness agrees. Failed: see <see cref="Conflict"/>, else the witness could not prove its claim.</summary>
    public BisectionState State { get; private set; } = BisectionState.NeedsBlock;

    /// <summary>The height to fetch from the witness next, while one is needed.</summary>
    public Height Wanted { get; private set; }

    /// <summary>Both headers, when the witness proved another one.</summary>
    public HeaderConflict? Conflict { get; private set; }

    /// <summary>Why the witness' claim was not proven; valid when it agrees or proved another header.</summary>
    public LightVerdict Verdict { get; private set; }

    /// <summary>Takes the witness' block of the wanted height.</summary>
    public void Supply(LightBlock block)
    {
        Invariant.Holds(State == BisectionState.NeedsBlock, "the check is not over");
        if (_bisection is not null) Prove(block);
        else if (block.Height != Wanted) Fail(LightCode.WrongHeight);
        else if (_place < 0 && IsSame(block, _trace[^1])) State = BisectionState.Verified;
        else if (_place < 0) Want(0);
        else if (IsSame(block, _trace[_place])) Want(_place + 1);
        else Dispute(block);
    }

    /// <summary>Walks up the trace to the first block of which the two differ.</summary>
    private void Want(int place)
    {
        _place = place;
        // Both agree on all now, and did not before: the witness changed its mind.
        if (place == _trace.Count) Fail(LightCode.CommitOfOther);
        else Wanted = _trace[place].Height;
    }

    private void Dispute(LightBlock claim)
    {
        if (_place == 0)
        {
            // It contradicts what the caller trusts already.
            Fail(LightCode.WrongChain);
            return;
        }
        _claim = claim;
        _bisection = new Bisection(_trace[_place - 1], claim.Height, _now, _options, _verifier);
        Prove(claim);
    }

    private void Prove(LightBlock block)
    {
        _bisection!.Supply(block);
        Wanted = _bisection.Wanted;
        if (_bisection.State == BisectionState.Failed) Fail(_bisection.Verdict);
        if (_bisection.State != BisectionState.Verified) return;
        Conflict = new HeaderConflict(_trace[_place], _claim!, _trace[_place - 1].Height);
        State = BisectionState.Failed;
    }

    private void Fail(LightVerdict verdict)
    {
        State = BisectionState.Failed;
        Verdict = verdict;
    }

    private static bool IsSame(LightBlock one, LightBlock other) => one.Header.Hash() == other.Header.Hash();
}
