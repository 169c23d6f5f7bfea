using System.Collections.Generic;
using Chain.Primitives;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Accounts.Grants;

/// <summary>A set of message kinds as bits: kind <c>n</c> is the bit of value 2^n.</summary>
public readonly record struct KindMask(ulong Bits)
{
    private const int KindMax = 63;

    public static KindMask Of(params IReadOnlyList<MessageKind> kinds)
    {
        ulong bits = 0;
        foreach (MessageKind kind in kinds)
        {
            Invariant.Holds((int)kind <= KindMax, "a kind of a mask has a number below 64");
            bits |= 1UL << (int)kind;
        }
        return new KindMask(bits);
    }

    public bool Contains(MessageKind kind) => (int)kind <= KindMax && (Bits & (1UL << (int)kind)) != 0;

    /// <summary>The kinds, by number ascending.</summary>
    public List<MessageKind> Kinds()
    {
        List<MessageKind> kinds = [];
        for (int kind = 0; kind <= KindMax; kind++)
        {
            if (Contains((MessageKind)kind)) kinds.Add((MessageKind)kind);
        }
        return kinds;
    }

    /// <summary>
    /// True when there is at least one kind, each is known, and none is <see cref="MessageKind.Grant"/>: a grant cannot grant,
    /// nor allow what later rules will bring.
    /// </summary>
    public bool IsGrantable()
    {
        foreach (MessageKind kind in Kinds())
        {
            if (kind == MessageKind.Grant || KindTable.Find(kind, 1) is null) return false;
        }
        return Bits != 0;
    }
}
