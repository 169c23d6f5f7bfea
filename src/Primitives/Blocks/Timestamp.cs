using System;
using System.Globalization;
using Chain.Primitives.Codec;

namespace Chain.Primitives.Blocks;

/// <summary>A point in UTC: seconds since 1970 and nanoseconds 0 to 999,999,999, as <c>google.protobuf.Timestamp</c>.</summary>
public readonly record struct Timestamp(long Seconds, int Nanos) : IComparable<Timestamp>
{
    /// <summary>0001-01-01T00:00:00Z: Go's zero time, which absent commit signatures carry.</summary>
    public static readonly Timestamp GoZero = new(-62_135_596_800, 0);

    private const int NanosPerSecond = 1_000_000_000;
    private const int NanosPerMillisecond = 1_000_000;

    /// <summary>Milliseconds since 1970, rounded down.</summary>
    public long UnixMs => (Seconds * 1000) + (Nanos / NanosPerMillisecond);

    public static Timestamp FromUnixMs(long unixMs)
    {
        long seconds = Math.DivRem(unixMs, 1000, out long rest);
        return rest >= 0
            ? new Timestamp(seconds, (int)rest * NanosPerMillisecond)
            : new Timestamp(seconds - 1, (int)(rest + 1000) * NanosPerMillisecond);
    }

    public Timestamp AddMs(long ms)
    {
        long nanos = Nanos + (ms % 1000 * NanosPerMillisecond);
        long seconds = Seconds + (ms / 1000);
        if (nanos < 0) return new Timestamp(seconds - 1, (int)(nanos + NanosPerSecond));
        return nanos < NanosPerSecond
            ? new Timestamp(seconds, (int)nanos)
            : new Timestamp(seconds + 1, (int)(nanos - NanosPerSecond));
    }

    public int CompareTo(Timestamp other)
    {
        int bySeconds = Seconds.CompareTo(other.Seconds);
        return bySeconds != 0 ? bySeconds : Nanos.CompareTo(other.Nanos);
    }

    /// <summary>Protobuf form; 1970-01-01 is empty.</summary>
    public byte[] ToProto() => new ProtoWriter().Varint(1, Seconds).Varint(2, Nanos).ToArray();

    public ref MessagePackWriter Write(ref MessagePackWriter writer) => ref writer.Array(2).Int(Seconds).UInt((ulong)Nanos);

    public static Timestamp Read(ref MessagePackReader reader)
    {
        reader.Array(2);
        // Years 1 to 9999, what RFC 3339 can print.
        long seconds = reader.Int(GoZero.Seconds, 253_402_300_799);
        int nanos = (int)reader.UInt32(NanosPerSecond - 1);
        reader.EndArray();
        return new Timestamp(seconds, nanos);
    }

    /// <summary>RFC 3339 with nanoseconds, trailing zeros trimmed, as Go's RFC3339Nano.</summary>
    public override string ToString()
    {
        DateTime time = DateTime.UnixEpoch.AddTicks(Seconds * TimeSpan.TicksPerSecond);
        string text = time.ToString("yyyy-MM-ddTHH:mm:ss", DateTimeFormatInfo.InvariantInfo);
        if (Nanos == 0) return text + "Z";
        return text + "." + Nanos.ToString("D9", NumberFormatInfo.InvariantInfo).TrimEnd('0') + "Z";
    }

    /// <summary>Reads RFC 3339 in UTC with up to nine decimals; false for anything else.</summary>
    public static bool TryParse(string? text, out Timestamp time)
    {
        time = default;
        if (text is null || !text.EndsWith('Z')) return false;
        ReadOnlySpan<char> body = text.AsSpan(0, text.Length - 1);
        int dot = body.IndexOf('.');
        int nanos = 0;
        if (dot >= 0)
        {
            ReadOnlySpan<char> fraction = body[(dot + 1)..];
            if (fraction.Length is 0 or > 9) return false;
            if (!int.TryParse(fraction, NumberStyles.None, NumberFormatInfo.InvariantInfo, out nanos)) return false;
            for (int i = fraction.Length; i < 9; i++) nanos *= 10;
            body = body[..dot];
        }
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTime.TryParseExact(body, "yyyy-MM-ddTHH:mm:ss", DateTimeFormatInfo.InvariantInfo, Utc, out DateTime whole))
        {
            return false;
        }
        time = new Timestamp((whole - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond, nanos);
        return true;
    }

    public static bool operator <(Timestamp left, Timestamp right) => left.CompareTo(right) < 0;

    public static bool operator >(Timestamp left, Timestamp right) => left.CompareTo(right) > 0;

    public static bool operator <=(Timestamp left, Timestamp right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Timestamp left, Timestamp right) => left.CompareTo(right) >= 0;
}
