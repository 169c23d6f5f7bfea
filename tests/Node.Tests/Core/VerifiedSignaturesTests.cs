using Chain.Node.Core;
using Chain.Primitives.Crypto;

namespace Chain.Node.Tests.Core;

/// <summary>What was verified once is remembered for that key, message and signature together, and for nothing else.</summary>
public sealed class VerifiedSignaturesTests
{
    private static readonly byte[] Message = [1, 2, 3];
    private static readonly PrivateKey Alice = PrivateKey.FromSeed(Sha256.Hash([1]).Span);
    private static readonly PrivateKey Bob = PrivateKey.FromSeed(Sha256.Hash([2]).Span);

    private readonly VerifiedSignatures _cache = new(Ed25519Verifier.Instance, countMax: 2);

    [Fact]
    public void Signature_verified_twice_is_checked_once()
    {
        Signature signature = Alice.Sign(Message);
        Assert.True(_cache.Verify(Alice.PublicKey, Message, signature));
        Assert.True(_cache.Verify(Alice.PublicKey, Message, signature));
        Assert.Equal((1, 1, 0), Counts());
    }

    [Fact]
    public void Good_signature_does_not_pass_for_another_message_of_its_signer()
    {
        Signature signature = Alice.Sign(Message);
        Assert.True(_cache.Verify(Alice.PublicKey, Message, signature));
        Assert.False(_cache.Verify(Alice.PublicKey, [1, 2, 4], signature));
        Assert.False(_cache.Verify(Alice.PublicKey, [1, 2], signature));
        Assert.False(_cache.Verify(Alice.PublicKey, [], signature));
        Assert.Equal((1, 0, 3), Counts());
    }

    [Fact]
    public void Good_signature_does_not_pass_for_another_key()
    {
        Signature signature = Alice.Sign(Message);
        Assert.True(_cache.Verify(Alice.PublicKey, Message, signature));
        Assert.False(_cache.Verify(Bob.PublicKey, Message, signature));
    }

    [Fact]
    public void Known_message_does_not_let_another_signature_pass()
    {
        Assert.True(_cache.Verify(Alice.PublicKey, Message, Alice.Sign(Message)));
        Assert.False(_cache.Verify(Alice.PublicKey, Message, Alice.Sign([9])));
    }

    [Fact]
    public void Refusal_is_never_remembered()
    {
        Signature wrong = Bob.Sign(Message);
        Assert.False(_cache.Verify(Alice.PublicKey, Message, wrong));
        Assert.False(_cache.Verify(Alice.PublicKey, Message, wrong));
        Assert.Equal((0, 0, 2), Counts());
    }

    [Fact]
    public void Oldest_are_forgotten_past_twice_the_bound_and_checked_anew()
    {
        for (byte i = 0; i < 5; i++) Assert.True(_cache.Verify(Alice.PublicKey, [i], Alice.Sign([i])));
        // Two generations of two: the fifth began a third and ended the first.
        Assert.True(_cache.Verify(Alice.PublicKey, [2], Alice.Sign([2])));
        Assert.Equal((5, 1, 0), Counts());
        Assert.True(_cache.Verify(Alice.PublicKey, [0], Alice.Sign([0])));
        Assert.Equal((6, 1, 0), Counts());
    }

    private (long Verified, long Remembered, long Refused) Counts() =>
        (_cache.VerifiedCount, _cache.RememberedCount, _cache.RefusedCount);
}
