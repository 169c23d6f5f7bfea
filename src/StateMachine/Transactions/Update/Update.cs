using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Transactions.Update;

/// <summary>The sender, a provider, changes its status or what it says of itself; at least one of the two.</summary>
/// <param name="Region">Empty to keep it.</param>
/// <param name="EndpointHash">Zero to keep it.</param>
/// <param name="Capacity">New totals, classes ascending; a class that is not listed keeps its own.</param>
public sealed record Update(
    StatusChange Change, string Region, Hash256 EndpointHash, IReadOnlyList<ClassCapacity> Capacity) : Message
{
    public const int FieldCount = 4;

    public override MessageKind Kind => MessageKind.Update;

    public bool ChangesFields => Region.Length > 0 || !EndpointHash.IsZero || Capacity.Count > 0;

    public override void WriteFields(MessagePackWriter writer)
    {
        writer.UInt((ulong)Change).Str(Region).Bin(EndpointHash);
        ProviderText.WriteTotals(writer, Capacity);
    }

    public static Message Read(ref MessagePackReader reader)
    {
        StatusChange change = (StatusChange)reader.UInt8();
        Update update = new(
            change, reader.Str(ProviderText.RegionBytesMax), reader.Hash256(), ProviderText.ReadTotals(ref reader));
        bool asksForSomething = change != StatusChange.None || update.ChangesFields;
        if (!Enum.IsDefined(change) || !asksForSomething) reader.Fail(DecodeCode.OutOfRange);
        return update;
    }
}
