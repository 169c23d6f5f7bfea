using System.IO;
using System.Text.Json;
using Chain.Primitives.Blocks;
using Chain.Primitives.Crypto;
using Chain.Tests.Shared;

namespace Chain.Primitives.Tests.Blocks;

/// <summary>
/// The light blocks of Tendermint's model-based light-client tests: every header hashes to what its commit names, every
/// validator set to what its header names, and every signature in a commit verifies (in the invalid blocks some do not).
/// </summary>
public sealed class LightClientVectorTests
{
    /// <summary>Light blocks in the nine files, the trusted ones included.</summary>
    private const int LightBlockCount = 39;

    [Fact]
    public void Headers_sets_and_signatures_of_every_light_block_agree()
    {
        int count = 0;
        foreach (string file in Directory.GetFiles(Vectors.Path("light-client"), "*.json"))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
            JsonElement initial = document.RootElement.GetProperty("initial");
            Check(initial.GetProperty("signed_header"), null, initial.GetProperty("next_validator_set"), isSound: true);
            count++;
            foreach (JsonElement step in document.RootElement.GetProperty("input").EnumerateArray())
            {
                JsonElement block = step.GetProperty("block");
                bool isSound = step.GetProperty("verdict").GetString() != "INVALID";
                Check(block.GetProperty("signed_header"), block.GetProperty("validator_set"), block.GetProperty("next_validator_set"), isSound);
                count++;
            }
        }
        Assert.Equal(LightBlockCount, count);
    }

    private static void Check(JsonElement signedHeader, JsonElement? validators, JsonElement nextValidators, bool isSound)
    {
        Header header = LightVectorJson.HeaderOf(signedHeader.GetProperty("header"));
        Commit commit = LightVectorJson.CommitOf(signedHeader.GetProperty("commit"));
        Assert.Equal(commit.BlockId.Hash, header.Hash());
        Assert.Equal(commit.Height, header.Height);
        // Some blocks of the model come without validators, and then with a hash of them that nothing can be checked against.
        if (LightVectorJson.SetOf(nextValidators) is ValidatorSet next) Assert.Equal(header.NextValidatorsHash, next.Hash());
        // The trusted block comes without its own set, which can be known only where it equals the next one.
        if (validators is null && header.ValidatorsHash != header.NextValidatorsHash) return;
        if (LightVectorJson.SetOf(validators ?? nextValidators) is not ValidatorSet set) return;
        Assert.Equal(header.ValidatorsHash, set.Hash());
        for (int i = 0; i < commit.Signatures.Count; i++)
        {
            CommitSig sig = commit.Signatures[i];
            if (sig.IsAbsent) continue;
            int place = set.IndexOf(sig.ValidatorAddress);
            bool verifies = place >= 0
                && Ed25519.Verify(set.Validators[place].PublicKey, commit.SignBytesOf(i, header.ChainId), sig.Signature);
            Assert.True(verifies || !isSound, $"signature {i} at height {header.Height}");
        }
    }
}
