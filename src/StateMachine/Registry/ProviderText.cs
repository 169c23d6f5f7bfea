using System;
using System.Collections.Generic;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Registry;

/// <summary>Bounds and wire form of what providers say about themselves.</summary>
public static class ProviderText
{
    public const int DidBytesMax = 128;
    public const int RegionBytesMax = 32;
    public const int AttributesMax = 32;
    public const int AttributeNameBytesMax = 32;
    public const int AttributeValueBytesMax = 64;

    /// <summary>Resource classes, and kinds of cards, that one provider may list.</summary>
    public const int ClassesMax = 16;

    public static void WriteAttributes(ref MessagePackWriter writer, IReadOnlyList<ProviderAttribute> attributes)
    {
        writer.Array(attributes.Count);
        foreach (ProviderAttribute attribute in attributes) writer.Array(2).Str(attribute.Name).Str(attribute.Value);
    }

    /// <summary>Names ascend (ordinal), so that equal lists have equal bytes.</summary>
    public static ProviderAttribute[] ReadAttributes(ref MessagePackReader reader)
    {
        int count = reader.ArrayHeader(AttributesMax);
        ProviderAttribute[] attributes = new ProviderAttribute[count];
        for (int i = 0; i < count && reader.IsOk; i++)
        {
            reader.Array(2);
            attributes[i] = new ProviderAttribute(reader.Str(AttributeNameBytesMax), reader.Str(AttributeValueBytesMax));
            reader.EndArray();
            bool ascends = i == 0 || string.CompareOrdinal(attributes[i - 1].Name, attributes[i].Name) < 0;
            if (!ascends) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        return attributes;
    }

    /// <summary>Class, cards and total of each entry; what bids and leases hold of it does not travel.</summary>
    public static void WriteTotals(ref MessagePackWriter writer, IReadOnlyList<ClassCapacity> capacity)
    {
        writer.Array(capacity.Count);
        foreach (ClassCapacity entry in capacity)
        {
            writer.Array(3).UInt((ulong)entry.Class).UInt(entry.Total);
            entry.Gpu.Write(ref writer);
        }
    }

    /// <summary>Entries ascend, classes are known, and cards say what they are.</summary>
    public static ClassCapacity[] ReadTotals(ref MessagePackReader reader)
    {
        int count = reader.ArrayHeader(ClassesMax);
        ClassCapacity[] capacity = new ClassCapacity[count];
        for (int i = 0; i < count && reader.IsOk; i++)
        {
            reader.Array(3);
            capacity[i] = new((ResourceClass)reader.UInt8(), reader.UInt()) { Gpu = GpuKind.Read(ref reader) };
            reader.EndArray();
            bool ascends = i == 0 || capacity[i - 1].CompareTo(capacity[i]) < 0;
            if (!ascends || !IsWell(capacity[i])) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        return capacity;
    }

    /// <summary>True for a known class whose cards, and nothing else, are named.</summary>
    public static bool IsWell(ClassCapacity entry) => IsKnown(entry.Class)
        && (entry.Class == ResourceClass.Gpu ? entry.Gpu.IsNamed : entry.Gpu == GpuKind.Any);

    /// <summary>True for a class that these rules count.</summary>
    public static bool IsKnown(ResourceClass resource) => Enum.IsDefined(resource);
}
