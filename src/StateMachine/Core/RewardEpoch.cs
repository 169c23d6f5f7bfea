using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Admission;

namespace Chain.StateMachine.Core;

/// <summary>Who has earned a share of the fees since the epoch began.</summary>
/// <param name="Number">Market time divided by the epoch's length.</param>
/// <param name="Signers">Consensus addresses that signed a commit in it, ascending.</param>
public sealed record RewardEpoch(ulong Number, IReadOnlyList<Address> Signers)
{
    private const int CodecVersion = 1;

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(3).UInt(CodecVersion).UInt(Number).Array(Signers.Count);
        foreach (Address signer in Signers) writer.Bin(signer);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out RewardEpoch epoch, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(3);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        ulong number = reader.UInt();
        Address[] signers = new Address[reader.ArrayHeader(AdmissionLimits.RewardSignersMax)];
        for (int i = 0; i < signers.Length && reader.IsOk; i++)
        {
            signers[i] = reader.Address();
            if (i > 0 && signers[i - 1] >= signers[i]) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        reader.EndArray();
        epoch = new RewardEpoch(number, signers);
        return reader.TryFinish(out error);
    }
}
