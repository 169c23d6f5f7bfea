using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Chain.Client;
using Chain.Client.Answers;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;

namespace Chain.Cli.Tests.Commands;

/// <summary>
/// The consensus key of a chain's only validator changes. The node keeps the old key, so the chain waits from H+2 on: a node of
/// its own for this one test.
/// </summary>
public sealed class KeyRotationVerbTests(DevNode node) : IClassFixture<DevNode>
{
    [Fact]
    public async Task Rotated_consensus_key_is_the_next_validator_in_the_header_after_and_the_node_waits_for_it()
    {
        using TempHome fresh = new();
        Assert.Equal(0, (await CliRun.OfAsync("init", "--home", fresh.Path, "--json")).Status);
        string file = Path.Combine(fresh.Path, "config", "validator_key.json");
        await node.AskAsync("faucet", "operator", "10");
        JsonObject rotated = await node.AskAsync("tx", "validator", "rotate-consensus", "--key", file, "--from", "operator", "--wait");
        long height = long.Parse((string)rotated["height"]!, CultureInfo.InvariantCulture);

        bool isKey = KeyDocument.TryReadPublicKey(await File.ReadAllTextAsync(file, Cancel), out PublicKey key, out _, out string error);
        Assert.True(isKey, error);
        Assert.True(ValidatorSet.TryCreate([new ValidatorUpdate(key, 10)], out ValidatorSet expected, out _));
        using ChainClient client = new(node.Url);
        SignedHeader before = await client.CommitAsync(new Height(height), Cancel);
        SignedHeader after = await client.CommitAsync(new Height(height + 1), Cancel);
        Assert.Equal(before.Header.ValidatorsHash, before.Header.NextValidatorsHash);
        Assert.Equal(before.Header.ValidatorsHash, after.Header.ValidatorsHash);
        Assert.Equal(expected.Hash(), after.Header.NextValidatorsHash);
        JsonNode seat = (await node.AskAsync("query", "seats"))["seats"]!.AsArray()[0]!;
        Assert.Equal(key.Address.ToHex(), (string)seat["consensus_address"]!);
    }

    private static System.Threading.CancellationToken Cancel => TestContext.Current.CancellationToken;
}
