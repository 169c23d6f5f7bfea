using System.Collections.Generic;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Accounts.Grants;

/// <summary>What a grant allows.</summary>
/// <param name="Kinds">Kinds of messages that may be sent.</param>
/// <param name="Cap">Most that may leave the granter's balance through the grant, from its start to its end, ncredit.</param>
/// <param name="PaysFees">The granter pays the fees too, and they count against the cap.</param>
/// <param name="ExpiresAt">First second (Unix) of header time at which it no longer holds.</param>
public sealed record GrantTerms(KindMask Kinds, ulong Cap, GrantTarget Target, bool PaysFees, ulong ExpiresAt)
{
    public const int FieldCount = 5;

    /// <summary>What stands in a message that revokes.</summary>
    public static readonly GrantTerms None = new(default, 0, GrantTarget.Any, false, 0);

    /// <summary>True when every message is of a listed kind and acts on the target.</summary>
    public bool Cover(IReadOnlyList<Message> messages)
    {
        foreach (Message message in messages)
        {
            if (!Kinds.Contains(message.Kind) || !Target.Covers(message)) return false;
        }
        return true;
    }

    public void Write(ref MessagePackWriter writer)
    {
        writer.UInt(Kinds.Bits).UInt(Cap);
        Target.Write(ref writer);
        writer.Bool(PaysFees).UInt(ExpiresAt);
    }

    public static GrantTerms Read(ref MessagePackReader reader) => new(
        new KindMask(reader.UInt()), reader.UInt(), GrantTarget.Read(ref reader), reader.Bool(), reader.UInt());
}
