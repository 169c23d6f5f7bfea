using System;
using System.Globalization;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Registry;

/// <summary>What a graphics processor is, or, in a request, what it must be; there each part may be left open.</summary>
/// <param name="Model">Lower-case letters, digits and dashes, for example <c>h100</c>; empty for any.</param>
/// <param name="VramGib">Memory of one card in GiB; in a request the least that will do.</param>
public sealed record GpuKind(GpuVendor Vendor, string Model, uint VramGib, GpuInterface Interface)
{
    public const int ModelBytesMax = 24;

    /// <summary>Any card; and what stands where there is none.</summary>
    public static readonly GpuKind Any = new(GpuVendor.Any, "", 0, GpuInterface.Any);

    /// <summary>True when it says what it is, as a provider must.</summary>
    public bool IsNamed => Vendor != GpuVendor.Any && Model.Length > 0 && VramGib > 0;

    /// <summary>True when a card of this kind is what a request asks for.</summary>
    public bool Serves(GpuKind wanted) =>
        (wanted.Vendor == GpuVendor.Any || wanted.Vendor == Vendor)
        && (wanted.Model.Length == 0 || string.Equals(wanted.Model, Model, StringComparison.Ordinal))
        && VramGib >= wanted.VramGib
        && (wanted.Interface == GpuInterface.Any || wanted.Interface == Interface);

    /// <summary>The order in which a provider lists its cards.</summary>
    public int CompareTo(GpuKind other)
    {
        int order = ((int)Vendor).CompareTo((int)other.Vendor);
        if (order == 0) order = string.CompareOrdinal(Model, other.Model);
        if (order == 0) order = VramGib.CompareTo(other.VramGib);
        return order != 0 ? order : ((int)Interface).CompareTo((int)other.Interface);
    }

    /// <summary>As <c>nvidia/h100/80/sxm</c>; open parts are written <c>any</c>.</summary>
    public override string ToString()
    {
        string model = Model.Length == 0 ? "any" : Model;
        return $"{NameOf(Vendor)}/{model}/{VramGib.ToString(NumberFormatInfo.InvariantInfo)}/{NameOf(Interface)}";
    }

    /// <summary>Reads <see cref="ToString"/>; what is missing at the end is open.</summary>
    public static bool TryParse(string text, out GpuKind kind)
    {
        kind = Any;
        string[] parts = text.Split('/');
        if (parts.Length > 4 || !TryVendor(parts[0], out GpuVendor vendor)) return false;
        string model = parts.Length < 2 || parts[1] == "any" ? "" : parts[1];
        uint vram = 0;
        if (!IsModel(model)) return false;
        bool hasVram = parts.Length < 3
            || uint.TryParse(parts[2], NumberStyles.None, NumberFormatInfo.InvariantInfo, out vram);
        GpuInterface link = GpuInterface.Any;
        if (!hasVram || (parts.Length > 3 && !TryInterface(parts[3], out link))) return false;
        kind = new GpuKind(vendor, model, vram, link);
        return true;
    }

    public void Write(ref MessagePackWriter writer) =>
        writer.Array(4).UInt((ulong)Vendor).Str(Model).UInt(VramGib).UInt((ulong)Interface);

    public static GpuKind Read(ref MessagePackReader reader)
    {
        reader.Array(4);
        GpuKind kind = new(
            (GpuVendor)reader.UInt8((byte)GpuVendor.Other),
            reader.Str(ModelBytesMax),
            reader.UInt32(),
            (GpuInterface)reader.UInt8((byte)GpuInterface.Oam));
        reader.EndArray();
        if (!IsModel(kind.Model)) reader.Fail(DecodeCode.OutOfRange);
        return kind;
    }

    private static bool IsModel(string model)
    {
        if (model.Length > ModelBytesMax) return false;
        foreach (char letter in model)
        {
            if (letter is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')) return false;
        }
        return true;
    }

    private static string NameOf(GpuVendor vendor) => vendor switch
    {
        GpuVendor.Nvidia => "nvidia",
        GpuVendor.Amd => "amd",
        GpuVendor.Intel => "intel",
        GpuVendor.Other => "other",
        _ => "any",
    };

    private static string NameOf(GpuInterface link) => link switch
    {
        GpuInterface.Pcie => "pcie",
        GpuInterface.Sxm => "sxm",
        GpuInterface.Oam => "oam",
        _ => "any",
    };

    private static bool TryVendor(string text, out GpuVendor vendor)
    {
        for (vendor = GpuVendor.Any; vendor <= GpuVendor.Other; vendor++)
        {
            if (NameOf(vendor) == text) return true;
        }
        return false;
    }

    private static bool TryInterface(string text, out GpuInterface link)
    {
        for (link = GpuInterface.Any; link <= GpuInterface.Oam; link++)
        {
            if (NameOf(link) == text) return true;
        }
        return false;
    }
}
