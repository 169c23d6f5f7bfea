using System.Text;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;

namespace Chain.Cli.Transactions;

/// <summary>How the text that somebody remembers becomes the 32 bytes that hide a commitment.</summary>
internal static class Secrets
{
    public static Hash256 SaltOf(string secret) => HashOf("chain/secret/1:" + secret);

    /// <summary>SHA-256 of a text; zero for none.</summary>
    public static Hash256 HashOf(string text) => text.Length == 0 ? default : Sha256.Hash(Encoding.UTF8.GetBytes(text));
}
