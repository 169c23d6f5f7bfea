using System.Linq;
using System.Text.Json.Nodes;
using Chain.Client.Errors;
using Chain.Client.Light;
using Chain.Primitives.Bytes;

namespace Chain.Client.Tests.Light;

public sealed class LightProofTests
{
    [Fact]
    public void Proof_of_a_value_passes_every_step()
    {
        ProvenState state = new();
        ProofReport report = LightProof.Verify(state.Bundle(7), ProvenState.ChainId, state.Validators.Hash());
        Assert.True(report.IsValid);
        Assert.All(report.Steps, step => Assert.Equal(ProofStepState.Passed, step.State));
        Assert.Equal([0x91, 7], report.Value);
    }

    [Fact]
    public void Proof_of_absence_shows_that_the_key_holds_nothing()
    {
        ProvenState state = new();
        ProofReport report = LightProof.Verify(state.Bundle(99), ProvenState.ChainId, state.Validators.Hash());
        Assert.True(report.IsValid);
        Assert.Null(report.Value);
    }

    [Fact]
    public void Proof_without_anything_to_trust_says_what_was_not_checked()
    {
        ProofReport report = LightProof.Verify(new ProvenState().Bundle(7), null, null);
        Assert.True(report.IsValid);
        Assert.Equal(["chain", "trust"], report.Steps.Where(s => s.State == ProofStepState.NotChecked).Select(s => s.Name));
    }

    [Fact]
    public void Proof_of_another_chain_or_of_strangers_fails_that_step()
    {
        ProofBundle bundle = new ProvenState().Bundle(7);
        AssertFails(LightProof.Verify(bundle, "other-1", null), "chain");
        AssertFails(LightProof.Verify(bundle, ProvenState.ChainId, default(Hash256)), "trust");
    }

    [Fact]
    public void Proof_signed_by_two_thirds_or_less_fails_the_commit()
    {
        ProvenState enough = new(absent: 1);
        Assert.True(LightProof.Verify(enough.Bundle(7), null, null).IsValid);
        AssertFails(LightProof.Verify(new ProvenState(absent: 2).Bundle(7), null, null), "commit");
    }

    [Theory]
    [InlineData("abci_query.response.value", "kQg=", "state")]
    [InlineData("abci_query.response.value", "", "state")]
    [InlineData("abci_query.response.height", "3", "height")]
    [InlineData("key", "08", "state")]
    [InlineData("store", "meta", "state")]
    [InlineData("commit.signed_header.header.time", "2024-01-01T00:00:00Z", "header")]
    [InlineData("commit.signed_header.header.chain_id", "other-1", "header")]
    [InlineData("commit.signed_header.commit.round", "1", "commit")]
    [InlineData("commit.signed_header.commit.height", "3", "commit")]
    [InlineData("validators.0.voting_power", "1000", "validators")]
    public void Proof_with_one_thing_changed_fails_the_step_that_rests_on_it(string path, string value, string step)
    {
        JsonObject json = new ProvenState().ProofJson(7);
        Change(json, path, value);
        AssertFails(LightProof.Verify(ProofBundle.FromJson(json.ToJsonString()), null, null), step);
    }

    [Fact]
    public void Proof_with_a_foreign_signature_fails_the_commit()
    {
        JsonObject json = new ProvenState().ProofJson(7);
        JsonArray signatures = json["commit"]!["signed_header"]!["commit"]!["signatures"]!.AsArray();
        signatures[0]!["signature"] = (string)signatures[1]!["signature"]!;
        AssertFails(LightProof.Verify(ProofBundle.FromJson(json.ToJsonString()), null, null), "commit");
    }

    [Fact]
    public void Proof_kept_in_a_file_is_the_same_when_read()
    {
        ProofBundle bundle = new ProvenState().Bundle(7);
        ProofBundle read = ProofBundle.FromJson(bundle.ToJson().ToJsonString());
        Assert.Equal(bundle.ToJson().ToJsonString(), read.ToJson().ToJsonString());
        Assert.True(LightProof.Verify(read, ProvenState.ChainId, null).IsValid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"format":"chain/state-proof/2"}""")]
    [InlineData("""{"format":"chain/state-proof/1","key":"0"}""")]
    public void File_that_is_no_proof_is_refused(string text)
    {
        ClientException failure = Assert.Throws<ClientException>(() => ProofBundle.FromJson(text));
        Assert.Equal(ClientErrorCode.BadInput, failure.Error.Code);
    }

    private static void AssertFails(ProofReport report, string step)
    {
        Assert.False(report.IsValid);
        Assert.Contains(report.Steps, s => s.Name == step && s.State == ProofStepState.Failed);
    }

    private static void Change(JsonNode json, string path, string value)
    {
        string[] names = path.Split('.');
        foreach (string name in names[..^1]) json = int.TryParse(name, out int place) ? json[place]! : json[name]!;
        bool isNumber = json[names[^1]]!.GetValueKind() == System.Text.Json.JsonValueKind.Number;
        json[names[^1]] = isNumber ? int.Parse(value, System.Globalization.CultureInfo.InvariantCulture) : value;
    }
}
