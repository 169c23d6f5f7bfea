using System.Buffers.Binary;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Store;

namespace Chain.Node.Core;

/// <summary>
/// This validator's hash chains for the beacon. A chain starts from a signature that only the validator's key can make, over the
/// genesis and the chain's generation: nothing has to be kept, and nothing can be lost.
/// </summary>
public sealed class BeaconKeeper(PrivateKey key, Hash256 genesisHash, IStateReader state)
{
    /// <summary>Every how many links one is kept; the others are hashed again from there.</summary>
    private const int KeptEvery = 256;

    private Hash256[] _kept = [];
    private ulong _generation;

    /// <summary>Whose chains they are: its consensus address.</summary>
    public Address Validator { get; } = key.PublicKey.Address;

    /// <summary>What our next proposal opens with, as the committed state asks for; null for nothing.</summary>
    public byte[]? NextOpening()
    {
        BeaconTip? tip = BeaconTips.Load(state, Validator);
        return BeaconRules.NeedOf(state, Validator) switch
        {
            BeaconNeed.Tip => new BeaconTransaction(default, Link((tip?.Generation ?? 0) + 1, BeaconTip.Length)).Encode(),
            BeaconNeed.Preimage => new BeaconTransaction(
                Link(tip!.Generation, BeaconTip.Length - tip.Used - 1), default).Encode(),
            BeaconNeed.Opening => new BeaconTransaction(default, default).Encode(),
            _ => null,
        };
    }

    /// <summary>A link of a chain: the seed hashed so many times. The last is the tip, and they are revealed backwards.</summary>
    private Hash256 Link(ulong generation, ulong place)
    {
        if (_generation != generation) Fill(generation);
        Hash256 link = _kept[place / KeptEvery];
        for (ulong i = 0; i < place % KeptEvery; i++) link = Sha256.Hash(link.Span);
        return link;
    }

    private void Fill(ulong generation)
    {
        byte[] number = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(number, generation);
        Hash256 link = Sha256.Hash(key.Sign([.. SignDomains.BeaconSeed, .. genesisHash.Span, .. number]).Span);
        _kept = new Hash256[(BeaconTip.Length / KeptEvery) + 1];
        for (ulong i = 0; i <= BeaconTip.Length; i++)
        {
            if (i % KeptEvery == 0) _kept[i / KeptEvery] = link;
            link = Sha256.Hash(link.Span);
        }
        _generation = generation;
    }
}
