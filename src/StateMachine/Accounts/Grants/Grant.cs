using System;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Accounts.Grants;

/// <summary>One account lets another act for it, within terms.</summary>
/// <param name="Spent">What has left the granter's balance through it, ncredit.</param>
/// <param name="StorageDeposit">ncredit, returned to the granter when the record goes.</param>
/// <param name="CleanUpAt">Market time at which the record goes, which is after its expiry.</param>
public sealed record Grant(
    Address Granter, Address Grantee, GrantTerms Terms, ulong Spent, ulong StorageDeposit, MarketTime CleanUpAt)
{
    private const int CodecVersion = 1;
    private const int Arity = 6 + GrantTerms.FieldCount;

    /// <summary>What may still be spent, ncredit. A cap that was lowered below what is spent leaves nothing.</summary>
    public ulong Left => Terms.Cap > Spent ? Terms.Cap - Spent : 0;

    public bool IsLiveAt(Timestamp headerTime) => headerTime.Seconds < 0 || (ulong)headerTime.Seconds < Terms.ExpiresAt;

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(Arity).UInt(CodecVersion).Bin(Granter).Bin(Grantee);
        Terms.Write(ref writer);
        return writer.UInt(Spent).UInt(StorageDeposit).UInt(CleanUpAt.Seconds).ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Grant grant, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(Arity);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        grant = new Grant(
            reader.Address(),
            reader.Address(),
            GrantTerms.Read(ref reader),
            reader.UInt(),
            reader.UInt(),
            new MarketTime(reader.UInt()));
        reader.EndArray();
        return reader.TryFinish(out error);
    }
}
