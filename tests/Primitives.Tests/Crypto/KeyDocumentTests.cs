using System;
using System.Linq;
using System.Text.Json.Nodes;
using Chain.Primitives.Crypto;

namespace Chain.Primitives.Tests.Crypto;

public sealed class KeyDocumentTests
{
    private static readonly byte[] Seed = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly byte[] Random = [.. Enumerable.Range(100, KeyDocument.RandomBytes).Select(i => (byte)i)];

    [Fact]
    public void Plain_document_read_back_is_the_same_key()
    {
        using PrivateKey key = PrivateKey.FromSeed(Seed);
        string json = KeyDocument.Encode(key, null, []);
        Assert.True(KeyDocument.TryDecode(json, null, out PrivateKey? read, out string error), error);
        Assert.Equal(Seed, read.ExportSeed());
        JsonObject fields = JsonNode.Parse(json)!.AsObject();
        Assert.Equal(["version", "scheme", "address", "public_key", "seed"], fields.Select(field => field.Key));
        Assert.Equal(key.PublicKey.Address.ToString(), (string?)fields["address"]);
        Assert.EndsWith("}\n", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Sealed_document_opens_with_its_passphrase_only()
    {
        using PrivateKey key = PrivateKey.FromSeed(Seed);
        string json = KeyDocument.Encode(key, "open sesame", Random);
        Assert.DoesNotContain(Convert.ToBase64String(Seed), json, StringComparison.Ordinal);
        Assert.True(KeyDocument.TryDecode(json, "open sesame", out PrivateKey? read, out string error), error);
        Assert.Equal(Seed, read.ExportSeed());
        Assert.False(KeyDocument.TryDecode(json, "open sesame ", out _, out error));
        Assert.Contains("passphrase is wrong", error, StringComparison.Ordinal);
        Assert.False(KeyDocument.TryDecode(json, null, out _, out error));
        Assert.Contains("no passphrase was given", error, StringComparison.Ordinal);
    }

    /// <summary>Written by the program that sealed keys through Debian's libsodium.</summary>
    [Fact]
    public void Sealed_document_of_before_opens_and_signs_the_same()
    {
        const string Json = """
            {
              "version": 1,
              "scheme": "ed25519",
              "address": "chain1luer26dqk0xs40qz0w55w94utem3ecwmgt6tta",
              "public_key": "XI7lgPfB0I+AHkchZYiWJfFtmPI3s6vfqFjFCJMUjh4=",
              "encrypted": {
                "kdf": "argon2id",
                "ops": 3,
                "mem": 67108864,
                "salt": "AgcMERYbICUqLzQ5PkNITQ==",
                "nonce": "UldcYWZrcHV6f4SJjpOYnaKnrLG2u8DF",
                "data": "0nFKDQv1WufCdOZ1I3ibeGLnYc7X4BI19BZbWx5bBpJIjhAt1eMWawjOB63lF/6H"
              }
            }
            """;
        const string Signed =
            "69144D9EDEA03FBB7C08ED3E1C0029DAC1544CC1E482A06ED7923E6332920273D9E73FC2D9BF8D109C89D60423A95752CE56AB31E25B78AA23A60A0C5BBF2104";
        Assert.True(KeyDocument.TryDecode(Json, "ein Satz mit Umlauten: äöü", out PrivateKey? key, out string error), error);
        using (key)
        {
            Assert.Equal(Signed, Convert.ToHexString(key.Sign("signed by the library of before"u8).ToArray()));
            byte[] random = [.. Convert.FromBase64String("AgcMERYbICUqLzQ5PkNITQ=="), .. Convert.FromBase64String("UldcYWZrcHV6f4SJjpOYnaKnrLG2u8DF")];
            Assert.Equal(Json + "\n", KeyDocument.Encode(key, "ein Satz mit Umlauten: äöü", random));
        }
    }

    [Fact]
    public void Public_half_is_read_without_passphrase()
    {
        using PrivateKey key = PrivateKey.FromSeed(Seed);
        string json = KeyDocument.Encode(key, "p", Random);
        Assert.True(KeyDocument.TryReadPublicKey(json, out PublicKey read, out bool isEncrypted, out _));
        Assert.Equal(key.PublicKey, read);
        Assert.True(isEncrypted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"version\":1,\"version\":1}")]
    [InlineData("{\"version\":1,\"scheme\":\"\\ud800\"}")]
    [InlineData("{\"version\":1,\"scheme\":\"ed25519\",\"public_key\":\"\\ud800\"}")]
    [InlineData("{\"version\":1,\"\\ud800\":1,\"\\ud800\":1}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"\\ud800ersion\":1}")]
    public void Anything_else_is_refused_with_a_reason(string json)
    {
        Assert.False(KeyDocument.TryDecode(json, null, out _, out string error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Text_that_is_not_unicode_is_refused()
    {
        Assert.False(KeyDocument.TryDecode("{\"" + '\ud800' + "\":1}", null, out _, out string error));
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData("version", "2")]
    [InlineData("scheme", "\"secp256k1\"")]
    [InlineData("address", "\"chain1qqqq\"")]
    [InlineData("public_key", "\"AAAA\"")]
    [InlineData("public_key", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"")]
    [InlineData("seed", "\"AAAA\"")]
    [InlineData("seed", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"")]
    [InlineData("seed", "7")]
    [InlineData("encrypted", "{}")]
    public void Changed_field_is_refused(string field, string value)
    {
        using PrivateKey key = PrivateKey.FromSeed(Seed);
        JsonObject fields = JsonNode.Parse(KeyDocument.Encode(key, null, []))!.AsObject();
        fields[field] = JsonNode.Parse(value);
        Assert.False(KeyDocument.TryDecode(fields.ToJsonString(), null, out _, out string error));
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData("kdf", "\"scrypt\"")]
    [InlineData("ops", "0")]
    [InlineData("ops", "17")]
    [InlineData("ops", "-1")]
    [InlineData("ops", "1.5")]
    [InlineData("mem", "1")]
    [InlineData("mem", "18446744073709551615")]
    [InlineData("salt", "\"AAAA\"")]
    [InlineData("nonce", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"")]
    [InlineData("data", "\"\"")]
    public void Changed_field_of_the_sealed_part_is_refused(string field, string value)
    {
        using PrivateKey key = PrivateKey.FromSeed(Seed);
        JsonObject fields = JsonNode.Parse(KeyDocument.Encode(key, "p", Random))!.AsObject();
        fields["encrypted"]![field] = JsonNode.Parse(value);
        Assert.False(KeyDocument.TryDecode(fields.ToJsonString(), "p", out _, out string error));
        Assert.NotEmpty(error);
    }
}
