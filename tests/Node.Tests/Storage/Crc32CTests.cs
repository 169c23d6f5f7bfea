using System;
using System.IO;
using System.Text;
using Chain.Node.Storage.Disk;
using Chain.Node.Storage.Wal;

namespace Chain.Node.Tests.Storage;

public sealed class Crc32CTests
{
    /// <summary>The check value of CRC-32C, and RFC 3720 B.4's 32 bytes of zeros; written out here in the plain bit-by-bit form.</summary>
    [Fact]
    public void Log_frames_carry_the_published_checksum()
    {
        Assert.Equal(0xE3069283u, ~Slow(uint.MaxValue, Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0x8A9136AAu, ~Slow(uint.MaxValue, new byte[32]));
        using TempFolder folder = new();
        using (WriteAheadLog log = WriteAheadLog.Open(new RealDisk(), folder.Root, out _)) { }
        byte[] opening = File.ReadAllBytes(Directory.GetFiles(folder.Root)[0]);
        // Height, place in the segment and durable offset are all 0 here, eight bytes each; then the length and the payload.
        byte[] covered = [.. new byte[24], .. opening[..4], .. opening[16..]];
        Assert.Equal(~Slow(uint.MaxValue, covered), BitConverter.ToUInt32(opening, 4));
    }

    private static uint Slow(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }
        return crc;
    }
}
