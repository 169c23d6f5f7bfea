using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.StateMachine.Market.Orders;

/// <summary>What a provider must have to serve one replica of an order.</summary>
/// <param name="Resources">Units for each replica; what is left open of the cards is the bidder's to fill in.</param>
/// <param name="Regions">Regions that will do, ascending; empty for any.</param>
/// <param name="Attributes">Attributes that the provider must show, with exactly these values, names ascending.</param>
/// <param name="Schemas">Attestation schemas of which the provider must hold a valid one each, ascending.</param>
public sealed record OrderNeeds(
    ResourceVector Resources,
    IReadOnlyList<string> Regions,
    IReadOnlyList<ProviderAttribute> Attributes,
    IReadOnlyList<AttestationSchema> Schemas)
{
    /// <summary>Least reputation, 0 to 10000.</summary>
    public ulong ReputationMinBps { get; init; }

    /// <summary>Least tier; 0 for any provider.</summary>
    public byte TierMin { get; init; }

    /// <summary>The least availability class that will do.</summary>
    public SlaClass Sla { get; init; } = SlaClass.Standard;

    /// <summary>Providers that may serve it, ascending; empty for all.</summary>
    public IReadOnlyList<Address> Allowed { get; init; } = [];

    /// <summary>Providers that may not, ascending.</summary>
    public IReadOnlyList<Address> Denied { get; init; } = [];

    /// <summary>Values that <see cref="Write"/> writes.</summary>
    public const int FieldCount = 9;

    public void Write(ref MessagePackWriter writer)
    {
        Resources.Write(ref writer);
        writer.Array(Regions.Count);
        foreach (string region in Regions) writer.Str(region);
        ProviderText.WriteAttributes(ref writer, Attributes);
        writer.Array(Schemas.Count);
        foreach (AttestationSchema schema in Schemas) writer.UInt((ulong)schema);
        writer.UInt(ReputationMinBps).UInt((ulong)Sla);
        AddressList.Write(ref writer, Allowed);
        AddressList.Write(ref writer, Denied);
        writer.UInt(TierMin);
    }

    /// <summary>Reads what <see cref="Write"/> wrote; a list that does not ascend strictly is refused.</summary>
    public static OrderNeeds Read(ref MessagePackReader reader)
    {
        OrderNeeds needs = new(
            ResourceVector.Read(ref reader), ReadRegions(ref reader), ProviderText.ReadAttributes(ref reader), ReadSchemas(ref reader))
        {
            ReputationMinBps = reader.UInt(LeaseMath.BasisPoints),
            Sla = (SlaClass)reader.UInt8(),
            Allowed = AddressList.Read(ref reader),
            Denied = AddressList.Read(ref reader),
            TierMin = reader.UInt8(Tiers.Max),
        };
        if (!Enum.IsDefined(needs.Sla)) reader.Fail(DecodeCode.OutOfRange);
        return needs;
    }

    private static string[] ReadRegions(ref MessagePackReader reader)
    {
        string[] regions = new string[reader.ArrayHeader(MarketLimits.RegionsMax)];
        for (int i = 0; i < regions.Length && reader.IsOk; i++)
        {
            regions[i] = reader.Str(ProviderText.RegionBytesMax);
            if (i > 0 && string.CompareOrdinal(regions[i - 1], regions[i]) >= 0) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        return regions;
    }

    private static AttestationSchema[] ReadSchemas(ref MessagePackReader reader)
    {
        AttestationSchema[] schemas = new AttestationSchema[reader.ArrayHeader(MarketLimits.SchemasMax)];
        for (int i = 0; i < schemas.Length && reader.IsOk; i++)
        {
            schemas[i] = (AttestationSchema)reader.UInt8();
            if (i > 0 && schemas[i - 1] >= schemas[i]) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        return schemas;
    }
}
