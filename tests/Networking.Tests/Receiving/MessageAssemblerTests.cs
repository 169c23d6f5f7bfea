using System.Linq;
using Chain.Networking.Receiving;

namespace Chain.Networking.Tests.Receiving;

public sealed class MessageAssemblerTests
{
    [Fact]
    public void Message_atTheLimit_isWhole_oneByteMore_isRefused()
    {
        byte[] full = [.. Enumerable.Range(0, NetworkLimits.FramePayloadMax).Select(i => (byte)(i % 251))];
        MessageAssembler assembler = new(full.Length + 2);

        Assert.True(assembler.TryAdd(full, isLast: false, out byte[]? message));
        Assert.Null(message);
        Assert.True(assembler.TryAdd([1, 2], isLast: true, out message));
        Assert.Equal([.. full, 1, 2], message!);

        Assert.True(assembler.TryAdd(full, isLast: false, out _));
        Assert.False(assembler.TryAdd([1, 2, 3], isLast: true, out _));
        assembler.Clear();
        Assert.True(assembler.TryAdd([9], isLast: true, out message));
        Assert.Equal([9], message!);
    }
}
