using System.IO;
using System.Text.Json;
using Chain.Consensus.Light;
using Chain.Primitives.Blocks;
using Chain.Tests.Shared;

namespace Chain.Consensus.Tests.Light;

/// <summary>The 30 steps of Tendermint's model-based light-client tests give their verdicts.</summary>
public sealed class LightVectorTests
{
    private const int StepCount = 30;

    private const long NanosPerMs = 1_000_000;

    [Fact]
    public void Every_step_of_the_model_gives_its_verdict()
    {
        int count = 0;
        foreach (string file in Directory.GetFiles(Vectors.Path("light-client"), "*.json"))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
            JsonElement initial = document.RootElement.GetProperty("initial");
            long periodMs = long.Parse(initial.GetProperty("trusting_period").GetString()!) / NanosPerMs;
            LightOptions options = new(periodMs, 1000, TrustLevel.OneThird);
            Header trusted = LightVectorJson.HeaderOf(initial.GetProperty("signed_header").GetProperty("header"));
            ValidatorSet trustedNext = LightVectorJson.SetOf(initial.GetProperty("next_validator_set"))!;
            foreach (JsonElement step in document.RootElement.GetProperty("input").EnumerateArray())
            {
                JsonElement block = step.GetProperty("block");
                Timestamp now = LightVectorJson.Time(step, "now");
                LightBlock? untrusted = BlockOf(block);
                LightVerdict verdict = untrusted is null
                    ? LightCode.WrongValidators
                    : HeaderVerifier.Verify(trusted, trustedNext, untrusted, now, options);
                string place = $"{Path.GetFileName(file)}, step {count}, height {untrusted?.Height}: {verdict}";
                Assert.True(step.GetProperty("verdict").GetString() == NameOf(verdict), place);
                count++;
                if (!verdict.IsValid) continue;
                trusted = untrusted!.Header;
                trustedNext = LightVectorJson.SetOf(block.GetProperty("next_validator_set"))!;
            }
        }
        Assert.Equal(StepCount, count);
    }

    private static string NameOf(LightVerdict verdict) => verdict.Code switch
    {
        LightCode.Valid => "SUCCESS",
        LightCode.NotEnoughTrust => "NOT_ENOUGH_TRUST",
        _ => "INVALID",
    };

    /// <summary>Null for a block without validators: a set has at least one.</summary>
    private static LightBlock? BlockOf(JsonElement json)
    {
        JsonElement signed = json.GetProperty("signed_header");
        return LightVectorJson.SetOf(json.GetProperty("validator_set")) is { } set
            ? new LightBlock(
                LightVectorJson.HeaderOf(signed.GetProperty("header")), LightVectorJson.CommitOf(signed.GetProperty("commit")), set)
            : null;
    }
}
