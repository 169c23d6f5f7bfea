using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Admission;

/// <summary>A peer's request for access that nobody has decided about; stored by its node key.</summary>
/// <param name="Sender">Who asked, and gets the deposit back.</param>
/// <param name="Due">The request goes then.</param>
/// <param name="StorageDeposit">ncredit.</param>
public sealed record AccessRequest(Address Sender, MarketTime Due, ulong StorageDeposit)
{
    private const int CodecVersion = 1;

    public byte[] Encode() => new MessagePackWriter().Array(4)
        .UInt(CodecVersion).Bin(Sender).UInt(Due.Seconds).UInt(StorageDeposit).ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out AccessRequest request, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(4);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        request = new AccessRequest(reader.Address(), new MarketTime(reader.UInt()), reader.UInt());
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
