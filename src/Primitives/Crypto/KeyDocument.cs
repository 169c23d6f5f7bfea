using System;
using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Chain.Primitives.Crypto;

/// <summary>
/// The JSON text of one Ed25519 key, plain or sealed with a passphrase. Only the format: files belong to the node and the
/// wallet, randomness to the caller.
/// </summary>
/// <remarks>
/// <c>{"version":1,"scheme":"ed25519","address":"chain1…","public_key":b64}</c> with either <c>"seed":b64</c> or
/// <c>"encrypted":{"kdf":"argon2id","ops":…,"mem":…,"salt":b64,"nonce":b64,"data":b64}</c>. The data is the seed under
/// XChaCha20-Poly1305 with the public key as associated data.
/// </remarks>
public static class KeyDocument
{
    /// <summary>Random bytes that <see cref="Encode"/> asks for when there is a passphrase: a salt of 16, then a nonce of 24.</summary>
    public const int RandomBytes = KeySealing.SaltSize + KeySealing.NonceSize;

    private const int Version = 1;
    private const string Scheme = "ed25519";
    private const string DerivationName = "argon2id";

    /// <summary>Argon2id costs of RFC 9106, second recommendation (libsodium has one lane): about 0.2 s.</summary>
    private const ulong Operations = 3;
    private const ulong MemoryBytes = 64 * 1024 * 1024;

    /// <summary>A document may ask for more than we write, but not for all of the machine.</summary>
    private const ulong OperationsMax = 16;
    private const ulong MemoryBytesMax = 1024 * 1024 * 1024;

    /// <summary>
    /// The document, ending in a line feed. With a passphrase <paramref name="randomSaltAndNonce"/> holds
    /// <see cref="RandomBytes"/> fresh random bytes; without one it is ignored.
    /// </summary>
    public static string Encode(PrivateKey key, string? passphrase, ReadOnlySpan<byte> randomSaltAndNonce)
    {
        ArrayBufferWriter<byte> buffer = new();
        byte[] seed = key.ExportSeed();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("scheme", Scheme);
            json.WriteString("address", key.PublicKey.Address.ToString());
            json.WriteBase64String("public_key", key.PublicKey.Span);
            if (passphrase is null) json.WriteBase64String("seed", seed);
            else WriteSealed(json, key.PublicKey, seed, passphrase, randomSaltAndNonce);
            json.WriteEndObject();
        }
        CryptographicOperations.ZeroMemory(seed);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>Whose key it is, without its secret: for listings. False with the reason for anything but a key document.</summary>
    public static bool TryReadPublicKey(string json, out PublicKey key, out bool isEncrypted, out string error)
    {
        key = default;
        isEncrypted = false;
        if (!TryParse(json, out JsonDocument? document, out error)) return false;
        using (document) return TryReadHead(document.RootElement, out key, out isEncrypted, out error);
    }

    /// <summary>Reads either form. False with the reason; the passphrase is ignored where the document is plain.</summary>
    public static bool TryDecode(string json, string? passphrase, [NotNullWhen(true)] out PrivateKey? key, out string error)
    {
        key = null;
        if (!TryParse(json, out JsonDocument? document, out error)) return false;
        using (document)
        {
            JsonElement root = document.RootElement;
            if (!TryReadHead(root, out PublicKey publicKey, out bool isEncrypted, out error)) return false;
            byte[] seed = new byte[Ed25519.SeedSize];
            if (isEncrypted ? !TryUnseal(root.GetProperty("encrypted"), publicKey, passphrase, seed, out error)
                : !TryReadBytes(root, "seed", seed, out error))
            {
                return false;
            }
            PrivateKey decoded = PrivateKey.FromSeed(seed);
            CryptographicOperations.ZeroMemory(seed);
            if (decoded.PublicKey != publicKey)
            {
                decoded.Dispose();
                error = "the seed belongs to another public key";
                return false;
            }
            key = decoded;
            return true;
        }
    }

    private static void WriteSealed(
        Utf8JsonWriter json, in PublicKey publicKey, ReadOnlySpan<byte> seed, string passphrase, ReadOnlySpan<byte> random)
    {
        Invariant.Holds(random.Length == RandomBytes, "sealing a key takes a random salt and nonce");
        ReadOnlySpan<byte> salt = random[..KeySealing.SaltSize];
        ReadOnlySpan<byte> nonce = random[KeySealing.SaltSize..];
        byte[] data = new byte[Ed25519.SeedSize + KeySealing.TagSize];
        bool derived = KeySealing.TrySeal(passphrase, salt, nonce, Operations, MemoryBytes, publicKey.Span, seed, data);
        Invariant.Holds(derived, "there are 64 MiB of memory to derive a key from a passphrase");
        json.WriteStartObject("encrypted");
        json.WriteString("kdf", DerivationName);
        json.WriteNumber("ops", Operations);
        json.WriteNumber("mem", MemoryBytes);
        json.WriteBase64String("salt", salt);
        json.WriteBase64String("nonce", nonce);
        json.WriteBase64String("data", data);
        json.WriteEndObject();
    }

    private static bool TryUnseal(
        JsonElement sealedPart, in PublicKey publicKey, string? passphrase, Span<byte> seed, out string error)
    {
        byte[] salt = new byte[KeySealing.SaltSize];
        byte[] nonce = new byte[KeySealing.NonceSize];
        byte[] data = new byte[Ed25519.SeedSize + KeySealing.TagSize];
        if (sealedPart.ValueKind != JsonValueKind.Object) return Fails("\"encrypted\" is not an object", out error);
        if (!IsText(sealedPart, "kdf", DerivationName)) return Fails("\"kdf\" is not \"argon2id\"", out error);
        if (!TryReadNumber(sealedPart, "ops", out ulong operations) || operations is 0 or > OperationsMax
            || !TryReadNumber(sealedPart, "mem", out ulong memoryBytes) || memoryBytes is 0 or > MemoryBytesMax)
        {
            return Fails("\"ops\" or \"mem\" is missing or out of range", out error);
        }
        if (!TryReadBytes(sealedPart, "salt", salt, out error)
            || !TryReadBytes(sealedPart, "nonce", nonce, out error)
            || !TryReadBytes(sealedPart, "data", data, out error))
        {
            return false;
        }
        if (passphrase is null) return Fails("the key is encrypted and no passphrase was given", out error);
        if (!KeySealing.TryUnseal(passphrase, salt, nonce, operations, memoryBytes, publicKey.Span, data, seed, out bool isOpen))
        {
            return Fails("the key's passphrase cannot be worked out with this memory", out error);
        }
        return isOpen || Fails("the passphrase is wrong, or the key was changed", out error);
    }

    private static bool TryParse(string json, [NotNullWhen(true)] out JsonDocument? document, out string error)
    {
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 4 });
            error = "";
            return true;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // The last two stand for half surrogate pairs, in the text and in escapes.
            document = null;
            return Fails("not JSON, or a name twice in an object", out error);
        }
    }

    private static bool TryReadHead(JsonElement root, out PublicKey key, out bool isEncrypted, out string error)
    {
        key = default;
        isEncrypted = false;
        byte[] bytes = new byte[PublicKey.Size];
        if (root.ValueKind != JsonValueKind.Object) return Fails("not a JSON object", out error);
        if (!TryReadNumber(root, "version", out ulong version) || version != Version)
        {
            return Fails("\"version\" is not 1", out error);
        }
        if (!IsText(root, "scheme", Scheme)) return Fails("\"scheme\" is not \"ed25519\"", out error);
        if (!TryReadBytes(root, "public_key", bytes, out error)) return false;
        key = PublicKey.From(bytes);
        if (!IsText(root, "address", key.Address.ToString())) return Fails("\"address\" is not the public key's", out error);
        isEncrypted = root.TryGetProperty("encrypted", out _);
        return isEncrypted != root.TryGetProperty("seed", out _)
            || Fails("either \"seed\" or \"encrypted\" must be there", out error);
    }

    private static bool IsText(JsonElement owner, string name, string expected) => ReadText(owner, name) == expected;

    private static string? ReadText(JsonElement owner, string name)
    {
        if (!owner.TryGetProperty(name, out JsonElement value) || value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair: JSON allows it, .NET's strings from JSON do not.
            return null;
        }
    }

    private static bool TryReadNumber(JsonElement owner, string name, out ulong number)
    {
        number = 0;
        return owner.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out number);
    }

    private static bool TryReadBytes(JsonElement owner, string name, Span<byte> bytes, out string error)
    {
        error = "";
        string? text = ReadText(owner, name);
        return (text is not null && Convert.TryFromBase64String(text, bytes, out int written) && written == bytes.Length)
            || Fails($"\"{name}\" is not {bytes.Length} bytes in base64", out error);
    }

    private static bool Fails(string reason, out string error)
    {
        error = reason;
        return false;
    }
}
