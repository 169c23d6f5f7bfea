using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Governance.Gates;

/// <summary>The flag of one kind.</summary>
/// <param name="Allowed">Addresses ascending; empty unless the mode is <see cref="FlagMode.AllowList"/>.</param>
public sealed record KindFlag(MessageKind Kind, FlagMode Mode, IReadOnlyList<Address> Allowed)
{
    public const int FieldCount = 3;

    public bool Lets(in Address sender)
    {
        if (Mode != FlagMode.AllowList) return Mode == FlagMode.On;
        foreach (Address allowed in Allowed)
        {
            if (allowed == sender) return true;
        }
        return false;
    }

    public void Write(ref MessagePackWriter writer)
    {
        writer.UInt((ulong)Kind).UInt((ulong)Mode).Array(Allowed.Count);
        foreach (Address address in Allowed) writer.Bin(address);
    }

    public static KindFlag Read(ref MessagePackReader reader)
    {
        MessageKind kind = (MessageKind)reader.UInt8();
        FlagMode mode = (FlagMode)reader.UInt8((byte)FlagMode.On);
        Address[] allowed = new Address[reader.ArrayHeader(GovernanceLimits.AllowListMax)];
        for (int i = 0; i < allowed.Length && reader.IsOk; i++)
        {
            allowed[i] = reader.Address();
            if (i > 0 && allowed[i].CompareTo(allowed[i - 1]) <= 0) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        if (mode != FlagMode.AllowList && allowed.Length > 0) reader.Fail(DecodeCode.OutOfRange);
        return new KindFlag(kind, mode, allowed);
    }
}
