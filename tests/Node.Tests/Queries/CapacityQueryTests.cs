using System.Text.Json;
using Chain.Node.Queries;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Audits;

namespace Chain.Node.Tests.Queries;

/// <summary>The typed paths of capacity proofs, tiers and challenges, on a state that is written by hand.</summary>
public sealed class CapacityQueryTests
{
    private static readonly Address Ann = Address.From(Sha256.Hash([1]).Span[..Address.Size]);
    private static readonly Address Bob = Address.From(Sha256.Hash([2]).Span[..Address.Size]);

    private readonly StateOverlay _state = new(EmptyState.Instance);
    private readonly QueryTable _table = new();

    public CapacityQueryTests()
    {
        Parameters.Store(_state, Parameters.Devnet.With(ParameterId.CapacityUnitCpuMilli, 1000));
        new FeeState(10, 0, new MarketTime(1_000_000)).Store(_state);
        Providers.Store(_state, new Provider(
            Bob, ProviderStatus.Active, StakeBalance.None, "eu", [],
            [new ClassCapacity(ResourceClass.CpuMilli, 4000, Reserved: 100), ClassCapacity.OfGpu(new GpuKind(GpuVendor.Nvidia, "h100", 80, GpuInterface.Sxm), 7)],
            "", default, 1, new(5), 0));
    }

    [Fact]
    public void Capacity_answers_with_what_may_be_promised_of_each_class()
    {
        JsonElement before = Ask($"/market/capacity/{Bob}");
        Assert.Equal("not_entered", before.GetProperty("state").GetString());
        Assert.Equal("1000", before.GetProperty("usable")[0].GetProperty("usable").GetString());
        Assert.Equal("7", before.GetProperty("usable")[1].GetProperty("usable").GetString());

        ClassProof cpu = new(ResourceClass.CpuMilli, 4, [0b1011], IsJudged: true, Proven: 3000, Fails: 1);
        new CapacityProofs(Bob, CapacityState.Open, new(1_000_010), 0, Sha256.Hash([3]), [cpu]).Store(_state, null);
        JsonElement found = Ask($"/market/capacity/{Bob}");
        Assert.Equal("open", found.GetProperty("state").GetString());
        Assert.Equal("3", found.GetProperty("classes")[0].GetProperty("shown").GetString());
        Assert.Equal("3000", found.GetProperty("usable")[0].GetProperty("usable").GetString());
        Assert.Equal("100", found.GetProperty("usable")[0].GetProperty("promised").GetString());
        Assert.Equal(1, Ask("/market/capacities?state=open").GetProperty("capacities").GetArrayLength());
        Assert.Equal(0, Ask("/market/capacities?state=idle").GetProperty("capacities").GetArrayLength());
        Assert.Equal(ResultCode.NotFound, _table.Answer(_state, $"/market/capacity/{Ann}", [], false).Code);
    }

    [Fact]
    public void Tier_is_that_of_the_attestations_in_force_and_a_challenge_shows_its_nonce()
    {
        new AttestationIndex(
        [
            new IndexedAttestation(Sha256.Hash([1]), new(1), new(999_999)) { Issuer = Ann, Tier = 4 },
            new IndexedAttestation(Sha256.Hash([2]), new(1), new(1_000_001)) { Issuer = Ann, Tier = 2 },
        ]).Store(_state, Bob, AttestationSchema.Hardware);
        JsonElement tier = Ask($"/market/tier/{Bob}");
        Assert.Equal((2, 2, 0), (
            tier.GetProperty("tier").GetInt32(), tier.GetProperty("hardware").GetInt32(), tier.GetProperty("audit_tier").GetInt32()));

        new AttestationChallenge(0, Sha256.Hash([9]), new(1_000_100)).Store(_state, new ChallengeId(Ann, Bob, AttestationSchema.Hardware), null);
        JsonElement challenge = Ask($"/market/challenge/{Ann}/{Bob}?schema=hardware");
        Assert.Equal(Hex.Lower(Sha256.Hash([9]).Span), challenge.GetProperty("nonce").GetString());
        Assert.Equal(ResultCode.NotFound, _table.Answer(_state, $"/market/challenge/{Ann}/{Bob}?schema=hsm", [], false).Code);
        Assert.Equal(ResultCode.NotCanonical, _table.Answer(_state, $"/market/challenge/{Ann}/{Bob}", [], false).Code);

        new Audit(new ChallengeId(Ann, Bob, AttestationSchema.Hardware), IsDrawn: true, 7, new(1_000_200)).Store(_state);
        JsonElement audit = Ask($"/market/audits?issuer={Ann}&schema=hardware").GetProperty("audits")[0];
        Assert.Equal((true, "7", "1000200"), (
            audit.GetProperty("is_drawn").GetBoolean(), audit.GetProperty("fee").GetString(), audit.GetProperty("due").GetString()));
        Assert.Equal(0, Ask($"/market/audits?subject={Ann}").GetProperty("audits").GetArrayLength());
    }

    private JsonElement Ask(string path)
    {
        QueryAnswer answer = _table.Answer(_state, path, [], isPast: false);
        Assert.True(answer.Code == ResultCode.Ok, $"{path}: {answer.Log}");
        using JsonDocument document = JsonDocument.Parse(answer.Value);
        return document.RootElement.Clone();
    }
}
