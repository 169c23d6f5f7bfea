using System;
using System.IO;
using System.Text.Json;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.Tests.Shared;

namespace Chain.Primitives.Tests.Crypto;

public sealed class Ed25519Tests
{
    /// <summary>Tests 1, 2, 3 and SHA(abc) of RFC 8032 section 7.1: seed, public key, message, signature.</summary>
    public static TheoryData<string, string, string, string> Rfc8032 => new()
    {
        {
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
        {
            "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        },
    };

    [Theory]
    [MemberData(nameof(Rfc8032))]
    public void Signature_of_rfc8032_is_reproduced_and_verifies(string seed, string publicKey, string message, string signature)
    {
        using PrivateKey key = PrivateKey.FromSeed(Convert.FromHexString(seed));
        byte[] bytes = Convert.FromHexString(message);
        Signature made = key.Sign(bytes);
        Assert.Equal(publicKey, Hex.Lower(key.PublicKey.Span));
        Assert.Equal(signature, Hex.Lower(made.Span));
        Assert.Equal(seed, Hex.Lower(key.ExportSeed()));
        Assert.True(Ed25519.Verify(key.PublicKey, bytes, made));
        Assert.True(Ed25519.IsValidKey(key.PublicKey));
    }

    [Fact]
    public void Key_that_was_disposed_neither_signs_nor_shows_its_seed()
    {
        PrivateKey key = PrivateKey.FromSeed(new byte[Ed25519.SeedSize]);
        PublicKey publicKey = key.PublicKey;
        key.Dispose();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign([1]));
        Assert.Throws<ObjectDisposedException>(key.ExportSeed);
        Assert.Equal(publicKey, key.PublicKey);
    }

    [Fact]
    public void Signature_with_any_bit_flipped_is_refused()
    {
        using PrivateKey key = PrivateKey.FromSeed(new byte[Ed25519.SeedSize]);
        byte[] message = "what was signed"u8.ToArray();
        byte[] signature = key.Sign(message).ToArray();
        for (int bit = 0; bit < signature.Length * 8; bit++)
        {
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Ed25519.Verify(key.PublicKey, message, Signature.From(signature)));
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
        }
        Assert.False(Ed25519.Verify(key.PublicKey, "what was not"u8, Signature.From(signature)));
        Assert.True(Ed25519.Verify(key.PublicKey, message, Signature.From(signature)));
    }

    [Fact]
    public void Verdicts_on_speccheck_are_the_chains_rule()
    {
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllText(Vectors.Path("ed25519/speccheck-cases.json")));
        string verdicts = "";
        foreach (JsonElement item in cases.RootElement.EnumerateArray())
        {
            PublicKey key = PublicKey.From(Convert.FromHexString(item.GetProperty("pub_key").GetString()!));
            Signature signature = Signature.From(Convert.FromHexString(item.GetProperty("signature").GetString()!));
            byte[] message = Convert.FromHexString(item.GetProperty("message").GetString()!);
            verdicts += Ed25519.Verify(key, message, signature) ? 'V' : 'X';
        }
        Assert.Equal("XXXVXXXXXXXX", verdicts);
    }

    [Fact]
    public void Start_up_check_agrees_with_the_library_here()
    {
        Assert.True(Ed25519.SelfCheck(out string detail), detail);
    }

    /// <summary>The identity, a point of order 8, a non-canonical encoding of one, and a point of mixed order (speccheck 3).</summary>
    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d")]
    public void Key_outside_the_prime_order_group_is_not_valid(string key)
    {
        Assert.False(Ed25519.IsValidKey(PublicKey.From(Convert.FromHexString(key))));
    }

    /// <summary>A validator of the kvstore network that tendermint-rs recorded, with CometBFT's address for it.</summary>
    [Fact]
    public void Address_is_the_one_that_cometbft_gives()
    {
        PublicKey key = PublicKey.From(Convert.FromBase64String("bNNlGls5R25wC3Sd8720F/3+7IZBhXcD22MNFtPk/v0="));
        Assert.Equal("2DD9F44FD9067555C322243C3C913BA7B51D2BE0", key.Address.ToHex());
    }
}
