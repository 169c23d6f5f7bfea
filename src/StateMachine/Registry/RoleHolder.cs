using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Registry;

/// <summary>Somebody with a role other than provider: auditor, prober or juror.</summary>
public sealed record RoleHolder(Role Role, Address Address, StakeBalance Stake, string Did, MarketTime RegisteredAt)
{
    private const int CodecVersion = 1;

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(6).UInt(CodecVersion).UInt((ulong)Role).Bin(Address);
        Stake.Write(ref writer);
        return writer.Str(Did).UInt(RegisteredAt.Seconds).ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out RoleHolder holder, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(6);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        Role role = (Role)reader.UInt8();
        if (!Enum.IsDefined(role) || role == Role.Provider) reader.Fail(DecodeCode.OutOfRange);
        holder = new RoleHolder(
            role,
            reader.Address(),
            StakeBalance.Read(ref reader),
            reader.Str(ProviderText.DidBytesMax),
            new MarketTime(reader.UInt()));
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
