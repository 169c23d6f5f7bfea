using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Accounts.Grants;

namespace Chain.StateMachine.Transactions.Grants;

/// <summary>The sender lets another account act for it, or no longer does.</summary>
public sealed record ChangeGrant(GrantAction Action, Address Grantee, GrantTerms Terms) : Message
{
    public const int FieldCount = 2 + GrantTerms.FieldCount;

    public override MessageKind Kind => MessageKind.Grant;

    public static ChangeGrant Set(in Address grantee, GrantTerms terms) => new(GrantAction.Set, grantee, terms);

    public static ChangeGrant Revoke(in Address grantee) => new(GrantAction.Revoke, grantee, GrantTerms.None);

    public override void WriteFields(ref MessagePackWriter writer)
    {
        writer.UInt((ulong)Action).Bin(Grantee);
        Terms.Write(ref writer);
    }

    public static Message Read(ref MessagePackReader reader)
    {
        GrantAction action = (GrantAction)reader.UInt8();
        ChangeGrant change = new(action, reader.Address(), GrantTerms.Read(ref reader));
        bool isWell = action switch
        {
            GrantAction.Set => change.Terms.Kinds.IsGrantable(),
            GrantAction.Revoke => change.Terms == GrantTerms.None,
            _ => false,
        };
        if (!isWell) reader.Fail(DecodeCode.OutOfRange);
        return change;
    }
}
