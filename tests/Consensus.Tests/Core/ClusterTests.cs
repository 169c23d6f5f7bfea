using System.Linq;
using Chain.Primitives.Bytes;

namespace Chain.Consensus.Tests.Core;

/// <summary>Goal: no two correct nodes decide differently, and all go on deciding. A failure prints its seed.</summary>
public sealed class ClusterTests
{
    private const long LimitMs = 600_000;

    public static TheoryData<ulong> Seeds => new(Enumerable.Range(1, 12).Select(seed => (ulong)seed * 7919));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Four_nodes_with_one_down_agree_and_go_on(ulong seed)
    {
        Cluster cluster = new(seed, 4);
        cluster.Nodes[(int)(seed % 4)].Crash();
        bool done = cluster.RunUntil(() => cluster.Nodes.Count(node => node.Chain.Count >= 10) >= 3, LimitMs);
        Assert.True(done, $"seed {seed}: no progress");
        cluster.AssertAgreement();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nodes_that_lose_messages_and_crash_again_and_again_agree_and_go_on(ulong seed)
    {
        Cluster cluster = new(seed, 4) { LossPerMille = 150 };
        for (int i = 0; i < 25; i++)
        {
            ClusterNode node = cluster.Nodes[cluster.Random(4)];
            cluster.RunUntil(() => false, cluster.Random(1500));
            node.Crash();
            cluster.RunUntil(() => false, cluster.Random(800));
            node.Restart();
            cluster.AssertAgreement();
        }
        cluster.LossPerMille = 0;
        int goal = cluster.Nodes.Max(node => node.Chain.Count) + 5;
        Assert.True(cluster.RunUntil(() => cluster.Nodes.All(node => node.Chain.Count >= goal), LimitMs), $"seed {seed}: no progress");
        cluster.AssertAgreement();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void One_node_of_four_that_tells_everybody_something_else_is_found_out_and_harmless(ulong seed)
    {
        Cluster cluster = new(seed, 4, byzantine: (int)(seed % 4)) { LossPerMille = 50 };
        cluster.RunUntil(() => false, 5000);
        cluster.LossPerMille = 0;
        bool done = cluster.RunUntil(() => cluster.Correct.All(node => node.Chain.Count >= 10), LimitMs);
        Assert.True(done, $"seed {seed}: no progress");
        cluster.AssertAgreement();
        Address liar = cluster.Set.AddressOf(cluster.Byzantine);
        Assert.Contains(cluster.Correct, node => node.Evidence.Count > 0);
        Assert.All(cluster.Correct.SelectMany(node => node.Evidence), votes => Assert.Equal(liar, votes.VoteA.ValidatorAddress));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Replay_of_the_log_gives_the_same_state_at_every_moment(ulong seed)
    {
        Cluster cluster = new(seed, 4, byzantine: (int)(seed % 5) - 1) { LossPerMille = 200 };
        int events = 0;
        void Check()
        {
            if (events++ % 3 == 0) cluster.Nodes[events % 4].AssertReplayEqual();
        }
        cluster.RunUntil(() => cluster.Correct.All(node => node.Chain.Count >= 30), LimitMs, Check);
        Assert.True(events > 1000, $"seed {seed}: only {events} events");
    }

    [Fact]
    public void Same_seed_gives_the_same_history()
    {
        static string Run()
        {
            Cluster cluster = new(42, 7) { LossPerMille = 100 };
            cluster.RunUntil(() => cluster.Nodes.All(node => node.Chain.Count >= 5), LimitMs);
            return cluster.NowMs + string.Join(' ', cluster.Nodes.Select(node => node.Chain[4].Hash()));
        }
        Assert.Equal(Run(), Run());
    }
}
