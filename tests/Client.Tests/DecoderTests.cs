using System.Collections.Generic;
using Chain.Tests.Shared;

namespace Chain.Client.Tests;

public sealed class DecoderTests
{
    private static readonly DecoderSuite Suite = new(
        typeof(Amount).Assembly,
        DecoderCase.Text<ulong>(Amount.TryParse, amount => Amount.Format(amount), "12.5", "0.000000001 credit", "18446744073709551615ncredit"));

    public static IEnumerable<TheoryDataRow<string>> Decoders => Suite.Rows;

    [Fact]
    public void Every_decoder_has_samples() => Suite.CoversEveryDecoder();

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Mutated_text_never_throws_and_what_is_read_keeps_its_value(string decoder) => Suite.Run(decoder);
}
