using System;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Governance;

/// <summary>Voting power by ballot, and the power of everybody who could vote.</summary>
public readonly record struct Tally(ulong Yes, ulong No, ulong Abstain, ulong Total)
{
    /// <summary>More than half of the power took part, abstentions included.</summary>
    public bool HasQuorum => ((Int128)Yes + No + Abstain) * 2 > Total;

    /// <summary>
    /// What decides who decides, and what stops a node that does not follow, needs more than 2/3 of all power; money, parameters and
    /// flags more than 2/3 of yes and no; a text more yes than no.
    /// </summary>
    public bool Passes(ProposalKind kind)
    {
        Int128 yes = Yes;
        bool isMajority = kind switch
        {
            ProposalKind.Upgrade or ProposalKind.Accreditation => yes * 3 > (Int128)Total * 2,
            ProposalKind.Text => Yes > No,
            _ => yes * 3 > (yes + No) * 2,
        };
        return HasQuorum && isMajority;
    }

    public void Write(ref MessagePackWriter writer) => writer.UInt(Yes).UInt(No).UInt(Abstain).UInt(Total);

    public static Tally Read(ref MessagePackReader reader) =>
        new(reader.UInt(), reader.UInt(), reader.UInt(), reader.UInt());
}
