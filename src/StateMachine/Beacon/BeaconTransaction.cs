using System;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Beacon;

/// <summary>
/// What a proposer puts first into its own block for the beacon: <c>[1, preimage, tip]</c>. It carries no signature and pays no
/// fee: the proposal's signature covers it, and a preimage proves itself. No signed transaction has this form.
/// </summary>
/// <param name="Preimage">What hashes to the proposer's tip; zero for none.</param>
/// <param name="Tip">The end of a new hash chain; zero for none.</param>
public sealed record BeaconTransaction(Hash256 Preimage, Hash256 Tip)
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = 2 + (2 * (2 + Hash256.Size));

    private const int CodecVersion = 1;

    public byte[] Encode() => new MessagePackWriter().Array(3).UInt(CodecVersion).Bin(Preimage).Bin(Tip).ToArray();

    /// <summary>False for everything else that may stand in a block.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out BeaconTransaction transaction)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(3);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        transaction = new BeaconTransaction(reader.Hash256(), reader.Hash256());
        reader.EndArray();
        return reader.TryFinish(out _);
    }
}
