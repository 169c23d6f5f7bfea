using Chain.Primitives.Blocks;

namespace Chain.Consensus.Light;

/// <summary>A header, the commit that decided it, and the validators who did. Nothing is verified by making one.</summary>
public sealed record LightBlock(Header Header, Commit Commit, ValidatorSet Validators)
{
    public Height Height => Header.Height;
}
