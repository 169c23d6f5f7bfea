using System.Linq;
using Chain.Primitives.Codec;

namespace Chain.Networking.Wire;

/// <summary>Text of peers ends in our log, so it carries no control characters: no peer can fake a line there.</summary>
internal static class PlainText
{
    /// <summary>Reads text and refuses control characters.</summary>
    public static string Read(ref MessagePackReader reader, int bytesMax)
    {
        string text = reader.Str(bytesMax);
        if (reader.IsOk && text.Any(char.IsControl)) reader.Fail(DecodeCode.OutOfRange);
        return text;
    }

    /// <summary>Our own text, so that <see cref="Read"/> takes it; halves of surrogate pairs go as well, since text gets cut.</summary>
    public static string Clean(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (int i = 0; i < span.Length; i++) span[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
    });
}
