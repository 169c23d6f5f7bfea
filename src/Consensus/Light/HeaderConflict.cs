using Chain.Primitives.Blocks;

namespace Chain.Consensus.Light;

/// <summary>
/// Two headers of one height that both verify from one trusted block: a third or more of the power is faulty, or has been
/// since the common height.
/// </summary>
/// <param name="Primary">What the primary node gave.</param>
/// <param name="Witness">What the witness gave.</param>
/// <param name="CommonHeight">The last verified height at which both gave the same header.</param>
public sealed record HeaderConflict(LightBlock Primary, LightBlock Witness, Height CommonHeight)
{
    public ConflictKind Kind
    {
        get
        {
            Header one = Primary.Header;
            Header other = Witness.Header;
            bool sameState = one.ValidatorsHash == other.ValidatorsHash
                && one.NextValidatorsHash == other.NextValidatorsHash
                && one.ConsensusHash == other.ConsensusHash
                && one.AppHash == other.AppHash
                && one.LastResultsHash == other.LastResultsHash;
            if (!sameState) return ConflictKind.Lunatic;
            return Primary.Commit.Round == Witness.Commit.Round ? ConflictKind.Equivocation : ConflictKind.Amnesia;
        }
    }
}
