using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Tests.Execution;

namespace Chain.StateMachine.Tests.Genesis;

public sealed class GenesisDocumentTests
{
    private static string Json { get; } = Encoding.UTF8.GetString(TestGenesis.Document(validators: 2).ToJson());

    [Fact]
    public void Template_file_is_the_test_genesis_in_canonical_form()
    {
        string path = Path.Combine(Root(), "genesis", "devnet.json");
        byte[] canonical = TestGenesis.Document().ToJson();
        if (Environment.GetEnvironmentVariable("CHAIN_TEST_WRITE") == "1") File.WriteAllBytes(path, canonical);
        byte[] file = File.ReadAllBytes(path);
        Assert.Equal(Encoding.UTF8.GetString(canonical), Encoding.UTF8.GetString(file));
        Assert.True(GenesisDocument.TryParse(file, out GenesisDocument document, out _));
        Assert.Equal(Sha256.Hash(file), document.Hash());
    }

    [Fact]
    public void Readme_describes_every_parameter_with_its_values()
    {
        string readme = File.ReadAllText(Path.Combine(Root(), "genesis", "README.md"));
        foreach (ParameterEntry entry in ParameterTable.Entries)
        {
            if (entry.Name.Contains('.', StringComparison.Ordinal)) continue;
            string bounds = entry.Max == ulong.MaxValue ? $"{entry.Min} or more" : $"{entry.Min} to {entry.Max}";
            string row = $"| `{entry.Name}` | {entry.Default} | {entry.Devnet} | {bounds} | {entry.Meaning} |";
            Assert.Contains(row, readme, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Document_parses_to_the_same_whatever_its_layout()
    {
        GenesisDocument original = TestGenesis.Document(validators: 2);
        string compact = Json.Replace("\n", "", StringComparison.Ordinal).Replace("  ", "", StringComparison.Ordinal);
        Assert.True(GenesisDocument.TryParse(Encoding.UTF8.GetBytes(compact), out GenesisDocument document, out _));
        Assert.Equal(Json, Encoding.UTF8.GetString(document.ToJson()));
        Assert.Equal(original.Hash(), document.Hash());
        Assert.Equal(original.Parameters, document.Parameters);
    }

    [Fact]
    public void Fields_left_out_take_their_defaults()
    {
        int from = Json.IndexOf("\"parameters\": {", StringComparison.Ordinal);
        int to = Json.IndexOf('}', from);
        string json = string.Concat(Json.AsSpan(0, from), "\"parameters\": {\"epoch_seconds\": 77", Json.AsSpan(to))
            .Replace("\"max_age_duration\": \"60000000000\"", "\"max_age_duration\": 172800000000000", StringComparison.Ordinal)
            .Replace("1000000000000", "5000000000000", StringComparison.Ordinal)
            .Replace("\"initial_height\": \"1\",", "", StringComparison.Ordinal);
        Assert.True(GenesisDocument.TryParse(Encoding.UTF8.GetBytes(json), out GenesisDocument document, out var errors), First(errors));
        Assert.Equal(Parameters.Default.With(ParameterId.EpochSeconds, 77), document.Parameters);
        Assert.Equal(1, document.InitialHeight);
    }

    [Theory]
    [InlineData("\"chain_id\"", "\"chain-id\"", "unknown field (did you mean \"chain_id\"?)")]
    [InlineData("\"epoch_seconds\"", "\"epoc_seconds\"", "app_state.parameters.epoc_seconds: unknown field (did you mean \"epoch_seconds\"?)")]
    [InlineData("\"devnet-1\"", "\"devnet\"", "line 3, chain_id: must have the form name-N")]
    [InlineData("\"devnet-1\"", "\"\"", "line 3, chain_id: must have the form name-N")]
    [InlineData("\"tendermint/PubKeyEd25519\"", "\"\"", "type: must be \"tendermint/PubKeyEd25519\"")]
    [InlineData("\"X+FUtXtPBJm+EzLg1Jl9dYIrbWljkdSYdpmvrDWQ7Xw=\"", "\"\"", "value: must be the 32 bytes of an Ed25519 key")]
    [InlineData("\"scope\": \"auditor\"", "\"scope\": \"\"", "app_state.accreditations[0].scope: must be provider")]
    [InlineData("\"devnet-1\"", "7", "line 3, chain_id: must be text")]
    [InlineData("\"initial_height\": \"1\"", "\"initial_height\": \"0\"", "line 4, initial_height: must be 1 or more")]
    [InlineData("\"gap_max_seconds\": \"60\"", "\"gap_max_seconds\": \"0\"", "app_state.parameters.gap_max_seconds: 0 is outside 1 to 86400")]
    [InlineData("\"gap_max_seconds\": \"60\"", "\"gap_max_seconds\": 1.5", "gap_max_seconds: must be a whole number")]
    [InlineData("\"short_windows\": \"1\"", "\"short_windows\": \"0\"", "must be at least 4 x (message delay + precision) = 10020 ms")]
    [InlineData("\"app\": \"1\"", "\"app\": \"2\"", "consensus_params.version.app: must be 1")]
    [InlineData("\"ed25519\"", "\"secp256k1\"", "must be [\"ed25519\"]")]
    [InlineData("\"balance\": \"1000000000000000000\"", "\"balance\": \"18446744073709551615\"", "must stay below 2^64")]
    [InlineData("\"scope\": \"auditor\"", "\"scope\": \"king\"", "app_state.accreditations[0].scope: must be provider")]
    [InlineData("\"power\": \"10\"", "\"power\": \"0\"", "validators[0].power: must be above zero")]
    [InlineData("\"stake\": \"1000000000000\"", "\"stake\": \"1\"", "below stake_min_provider")]
    [InlineData("\"genesis_time\": \"2026-01-01T00:00:00Z\",", "", "line 1, genesis_time: is missing")]
    [InlineData("\"accesses\": []", "\"accesses\": [], \"seats\": []", "app_state.seats: stands here twice")]
    [InlineData("\"app_hash\": \"\",", "\"app_hash\": \"\"", "not valid JSON")]
    public void Fault_is_named_with_its_place(string original, string changed, string message)
    {
        int at = Json.IndexOf(original, StringComparison.Ordinal);
        Assert.True(at >= 0);
        string json = string.Concat(Json.AsSpan(0, at), changed, Json.AsSpan(at + original.Length));
        Assert.False(GenesisDocument.TryParse(Encoding.UTF8.GetBytes(json), out _, out IReadOnlyList<GenesisError> errors));
        Assert.Contains(message, string.Join('\n', errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_validator_needs_a_seat_of_a_provider()
    {
        GenesisDocument document = TestGenesis.Document(validators: 2);
        Assert.Contains("has no seat", Refusal(document with { Seats = [document.Seats[0]] }), StringComparison.Ordinal);
        Assert.Contains("not among the providers", Refusal(document with { Providers = [document.Providers[0]] }), StringComparison.Ordinal);
        Assert.Contains("has a seat already", Refusal(document with { Seats = [.. document.Seats, document.Seats[0]] }), StringComparison.Ordinal);
        GenesisSeat shared = document.Seats[1] with { Provider = document.Seats[0].Provider };
        Assert.Contains("has a seat already", Refusal(document with { Seats = [document.Seats[0], shared] }), StringComparison.Ordinal);
        GenesisValidator strong = document.Validators[0] with { Power = 11 };
        Assert.Contains("must have the power 10", Refusal(document with { Validators = [strong, document.Validators[1]] }), StringComparison.Ordinal);
        Assert.Contains("twice", Refusal(document with { Accounts = [.. document.Accounts, document.Accounts[0]] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_no_object_never_throw()
    {
        Assert.False(GenesisDocument.TryParse([], out _, out _));
        Assert.False(GenesisDocument.TryParse("[]"u8, out _, out _));
        Assert.False(GenesisDocument.TryParse("{\"a\": \"\\ud800\"}"u8, out _, out _));
        Assert.False(GenesisDocument.TryParse(Encoding.UTF8.GetBytes(new string('[', 100)), out _, out _));
    }

    private static string Refusal(GenesisDocument document)
    {
        Assert.False(GenesisDocument.TryParse(document.ToJson(), out _, out IReadOnlyList<GenesisError> errors));
        return string.Join('\n', errors);
    }

    private static string First(IReadOnlyList<GenesisError> errors) => errors.Count == 0 ? "" : errors[0].ToString();

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Chain.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("the tests run inside the repository");
    }
}
