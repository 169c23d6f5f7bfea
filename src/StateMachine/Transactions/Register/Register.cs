using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Transactions.Register;

/// <summary>Takes on a role with a stake behind it. All but role, stake and DID is for providers; others leave it empty.</summary>
/// <param name="StakeAmount">ncredit, at least the role's minimum.</param>
/// <param name="Capacity">Units of each class, classes ascending; only class and total travel.</param>
/// <param name="Attributes">Names ascending.</param>
public sealed record Register(
    Role Role,
    ulong StakeAmount,
    string Did,
    Hash256 EndpointHash,
    IReadOnlyList<ClassCapacity> Capacity,
    string Region,
    IReadOnlyList<ProviderAttribute> Attributes,
    uint SchemaVersion) : Message
{
    public override MessageKind Kind => MessageKind.Register;

    public override void WriteFields(ref MessagePackWriter writer)
    {
        writer.UInt((ulong)Role).UInt(StakeAmount).Str(Did).Bin(EndpointHash);
        ProviderText.WriteTotals(ref writer, Capacity);
        writer.Str(Region);
        ProviderText.WriteAttributes(ref writer, Attributes);
        writer.UInt(SchemaVersion);
    }

    public static Message Read(ref MessagePackReader reader) => new Register(
        ReadRole(ref reader),
        reader.UInt(),
        reader.Str(ProviderText.DidBytesMax),
        reader.Hash256(),
        ProviderText.ReadTotals(ref reader),
        reader.Str(ProviderText.RegionBytesMax),
        ProviderText.ReadAttributes(ref reader),
        reader.UInt32());

    internal static Role ReadRole(ref MessagePackReader reader)
    {
        Role role = (Role)reader.UInt8();
        if (!Enum.IsDefined(role)) reader.Fail(DecodeCode.OutOfRange);
        return role;
    }
}
