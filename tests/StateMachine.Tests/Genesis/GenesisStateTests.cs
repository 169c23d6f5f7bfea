using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Execution;

namespace Chain.StateMachine.Tests.Genesis;

public sealed class GenesisStateTests
{
    [Fact]
    public void State_holds_what_the_document_says()
    {
        TestChain chain = new();
        Assert.Equal(Parameters.Devnet, Parameters.Load(chain.State));
        Assert.Equal(1UL, AppVersions.Current(chain.State));
        Assert.Equal(100_000 * TestGenesis.Credit, chain.Balance("alice"));
        Provider provider = Providers.Load(chain.State, TestKeys.AddressOf("provider"))!;
        Assert.Equal(ProviderStatus.Active, provider.Status);
        MarketTime now = new((ulong)TestGenesis.Time.Seconds);
        Assert.True(Accreditations.Holds(chain.State, TestKeys.AddressOf("auditor"), Accreditations.SchemaScope(2), now));
        Assert.False(Accreditations.Holds(chain.State, TestKeys.AddressOf("auditor"), Accreditations.SchemaScope(3), now));
        Assert.False(Accreditations.Holds(
            chain.State, TestKeys.AddressOf("auditor"), Accreditations.SchemaScope(2), new MarketTime(3_000_000_000)));
        PoolBalances pools = Pools.Load(chain.State);
        Assert.Equal(0, chain.HeldInAll());
        Assert.Equal((1_000_000_000 + (11 * 100_000) + 1_000 + 1_000) * TestGenesis.Credit, pools.Minted);
    }

    [Fact]
    public void Sets_of_the_first_two_heights_follow_cometbft()
    {
        GenesisState state = GenesisState.Build(TestGenesis.Document(validators: 4));
        Assert.Equal(state.Validators.Hash(), state.NextValidators.Hash());
        Assert.NotEqual(state.Validators.Proposer.Address, state.NextValidators.Proposer.Address);
    }

    [Fact]
    public void Genesis_may_start_above_height_one()
    {
        GenesisState state = GenesisState.Build(TestGenesis.Document() with { InitialHeight = 5000 });
        Assert.Equal(4999, state.Height.Value);
    }

    [Fact]
    public void Changes_are_sorted_and_commit_to_an_app_hash()
    {
        GenesisState state = GenesisState.Build(TestGenesis.Document());
        WriteBatch batch = new();
        using MemoryStore database = new();
        Hash256 appHash = new StateStore(database).Prepare(state.Height, state.Changes, batch);
        Assert.False(appHash.IsZero);
        for (int i = 1; i < state.Changes.Count; i++) Assert.True(state.Changes[i - 1].Key < state.Changes[i].Key);
    }

    [Fact]
    public void Accesses_end_when_they_expire()
    {
        GenesisDocument document = TestGenesis.Document() with
        {
            Accesses = [new(TestKeys.PublicOf("node-a"), new(2_000_000_000, 0)), new(TestKeys.PublicOf("node-b"), new(1_900_000_000, 0))],
        };
        TestChain chain = new(document);
        Assert.Equal(2, Accesses.All(chain.State, new MarketTime(1_800_000_000)).Count);
        Assert.Equal(TestKeys.PublicOf("node-a"), Assert.Single(Accesses.All(chain.State, new MarketTime(1_900_000_000))).Key);
    }

    [Fact]
    public void Default_parameters_are_within_their_bounds()
    {
        Assert.True(ParameterBounds.TryCheck(Parameters.Default, out _, out string error), error);
        Assert.True(ParameterBounds.TryCheck(Parameters.Devnet, out _, out error), error);
        Assert.True(Parameters.TryDecode(Parameters.Devnet.Encode(), out Parameters decoded, out _));
        Assert.Equal(Parameters.Devnet, decoded);
        SortedSet<string> names = [];
        foreach (ParameterEntry entry in ParameterTable.Entries)
        {
            Assert.True(names.Add(entry.Name));
            Assert.True(entry.Min <= entry.Default && entry.Default <= entry.Max, entry.Name);
        }
    }
}
