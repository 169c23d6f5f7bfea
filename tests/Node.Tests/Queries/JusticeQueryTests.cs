using System.Text.Json;
using Chain.Node.Queries;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Probes;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Store;
using Chain.StateMachine.Trust.Reputation;

namespace Chain.Node.Tests.Queries;

/// <summary>The typed paths of cases, reputations, the beacon and proofs, on a state that is written by hand.</summary>
public sealed class JusticeQueryTests
{
    private static readonly Address Ann = AddressOf(1);
    private static readonly Address Bob = AddressOf(2);

    private readonly StateOverlay _state = new(EmptyState.Instance);
    private readonly QueryTable _table = new();

    public JusticeQueryTests()
    {
        Parameters.Store(_state, Parameters.Devnet);
        new FeeState(10, 0, new MarketTime(1_000_000)).Store(_state);
    }

    [Fact]
    public void Case_answers_with_its_jury_and_lists_filter()
    {
        for (ulong id = 1; id <= 3; id++)
        {
            CaseStore.Store(_state, null, new Case(
                id, CaseTarget.Lease, Sha256.Hash([2]), Ann, Bob, 500, Sha256.Hash([3]), default,
                id == 2 ? CaseState.Commit : CaseState.Answer, CaseOutcome.None, new(1), new(2), 3, 4, 5, 6, default, 0, 0, 0, false, 0,
                [new CaseJuror(Bob, 0, 7, default, false, 0)]));
        }
        JsonElement found = Ask("/market/case/2");
        Assert.Equal("commit", found.GetProperty("state").GetString());
        Assert.Equal("500", found.GetProperty("claim").GetString());
        Assert.Equal(Bob.ToString(), found.GetProperty("jurors")[0].GetProperty("address").GetString());
        Assert.Equal(2, Ask("/market/cases?state=answer").GetProperty("cases").GetArrayLength());
        Assert.Equal(3, Ask($"/market/cases?juror={Bob}&target=lease&respondent={Bob}").GetProperty("cases").GetArrayLength());
        Assert.Equal(0, Ask($"/market/cases?claimant={Bob}").GetProperty("cases").GetArrayLength());
        Assert.Equal(ResultCode.NotFound, _table.Answer(_state, "/market/case/9", [], false).Code);
        Assert.Equal(ResultCode.NotCanonical, _table.Answer(_state, "/market/case/x", [], false).Code);
    }

    [Fact]
    public void Reputation_answers_with_each_part_and_its_samples()
    {
        ulong season = ReputationBook.SeasonOf(new MarketTime(1_000_000), Parameters.Devnet);
        _state.Put(StoreId.Market, ReputationBook.Key(Bob, ReputationPart.Exit), ReputationCounter.None.With(season - 1, true, 10_000_000).Encode());
        JsonElement found = Ask($"/market/reputation/{Bob}");
        Assert.Equal("10000000", found.GetProperty("exit").GetProperty("samples_millionths").GetString());
        Assert.Equal("787029", found.GetProperty("exit").GetProperty("ppm").GetString());
        Assert.Equal("1574", found.GetProperty("reputation_bps").GetString());
        Assert.Equal("0", found.GetProperty("reviews").GetProperty("ppm").GetString());
    }

    [Fact]
    public void Beacon_data_sets_probes_and_tasks_answer()
    {
        Assert.False(Ask("/market/beacon").GetProperty("is_wanted").GetBoolean());
        new DataSet(7, Sha256.Hash([1]), 100, Ann, DataSetState.Open, new(5), 0, Sha256.Hash([2]), 0).Store(_state, null);
        Assert.Equal(5, Ask("/market/data_set/7").GetProperty("challenged").GetArrayLength());
        Assert.Equal(ResultCode.NotFound, _table.Answer(_state, "/market/log/7", [], false).Code);
        ProbeBook.Store(_state, new ProbeEpoch(9, 10, 1, Sha256.Hash([1]), 2, 1, [new(Bob, 5)]));
        JsonElement probes = Ask("/market/probes/9");
        Assert.Equal("98", probes.GetProperty("reveals_from").GetString());
        Assert.Equal(Bob.ToString(), probes.GetProperty("probers")[0].GetString());
        TaskStore.Store(_state, null, new ComputeTask(
            1, Ann, Sha256.Hash([1]), 5, 10, 20, 1, TaskState.Enrol, new(5), 0, 0, default, [new(Bob, 0, default, default)]));
        Assert.Equal("enrol", Ask("/market/task/1").GetProperty("state").GetString());
        Assert.Equal("0", Ask($"/market/worker/{Bob}").GetProperty("right_results_in_a_row").GetString());
        Assert.Equal(1, Ask($"/market/tasks?requester={Ann}&state=enrol").GetProperty("tasks").GetArrayLength());
    }

    private static Address AddressOf(byte number) => Address.From(Sha256.Hash([number]).Span[..Address.Size]);

    private JsonElement Ask(string path)
    {
        QueryAnswer answer = _table.Answer(_state, path, [], isPast: false);
        Assert.True(answer.Code == ResultCode.Ok, $"{path}: {answer.Log}");
        using JsonDocument document = JsonDocument.Parse(answer.Value);
        return document.RootElement.Clone();
    }
}
