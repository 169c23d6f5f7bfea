using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Chain.Primitives.Crypto;
using Chain.Tests.Shared;

namespace Chain.Primitives.Tests.Crypto;

/// <summary>
/// The library of today judges as the one by which the rule was frozen: a difference would split a chain whose validators run
/// programs of before and after. <c>CHAIN_SIGNATURES</c> sets how many signatures are tried.
/// </summary>
public sealed class FrozenRuleTests
{
    private const int Parts = 2;

    private static readonly int Count =
        int.TryParse(Environment.GetEnvironmentVariable("CHAIN_SIGNATURES"), CultureInfo.InvariantCulture, out int count) ? count : 10_000;

    public FrozenRuleTests() => Assert.SkipUnless(Libsodium23.IsHere, "Debian's libsodium 1.0.18 (libsodium23) is not on this machine");

    [Fact]
    public void Signatures_are_judged_as_by_the_library_of_before()
    {
        int accepted = 0;
        Parallel.For(0, Parts, part =>
        {
            StrangeSignatures strange = new(new Random((int)PropertyCheck.Seed + part));
            for (int i = 0; i < Count / Parts; i++)
            {
                (byte[] key, byte[] message, byte[] signature) = strange.Next();
                bool before = Libsodium23.Verify(signature, message, key);
                bool now = Ed25519.Verify(PublicKey.From(key), message, Signature.From(signature));
                if (before) Interlocked.Increment(ref accepted);
                Assert.True(
                    before == now,
                    $"CHAIN_TEST_SEED={PropertyCheck.Seed}, part {part}, case {i}: key {Convert.ToHexString(key)}, message {Convert.ToHexString(message)}, "
                    + $"signature {Convert.ToHexString(signature)}: accepted before: {before}, now: {now}");
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{accepted} of {Count} signatures are good to both");
        // Good ones and those of mixed order whose small part vanishes; without them nothing would have been compared.
        Assert.InRange(accepted, Count / 10, Count * 9 / 10);
    }

    [Fact]
    public void Points_and_shared_secrets_are_judged_as_by_the_library_of_before()
    {
        Random random = new((int)PropertyCheck.Seed);
        StrangeSignatures strange = new(random);
        byte[] secret = new byte[X25519.Size];
        byte[] expected = new byte[X25519.Size];
        byte[] shared = new byte[X25519.Size];
        int valid = 0;
        for (int i = 0; i < Count / 10; i++)
        {
            byte[] point = strange.Point();
            bool isValid = Libsodium23.IsValidPoint(point);
            if (isValid) valid++;
            Assert.True(isValid == Ed25519.IsValidKey(PublicKey.From(point)), $"case {i}: point {Convert.ToHexString(point)}");
            random.NextBytes(secret);
            bool agreed = Libsodium23.TryScalarMultiply(secret, point, expected);
            if (!agreed) Array.Clear(expected);
            Assert.True(agreed == X25519.TryAgree(secret, point, shared), $"case {i}: peer {Convert.ToHexString(point)}");
            Assert.Equal(expected, shared);
        }
        Assert.InRange(valid, 1, Count / 10);
    }
}
