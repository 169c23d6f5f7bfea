using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions.Register;

namespace Chain.StateMachine.Tests.Registry;

public sealed class RegisterTests
{
    private readonly TestChain _chain = new();

    [Fact]
    public void Provider_registers_into_probation_with_its_stake_bonded()
    {
        ulong before = _chain.Balance("alice");
        TransactionOutcome result = _chain.RunOne("alice", AsProvider(200 * TestGenesis.Credit));
        Assert.Equal(ResultCode.Ok, result.Code);
        Provider provider = Providers.Load(_chain.State, TestKeys.AddressOf("alice"))!;
        Assert.Equal(ProviderStatus.Probation, provider.Status);
        Assert.Equal(200 * TestGenesis.Credit, provider.StakeFree);
        Assert.Equal(4000UL, provider.SumOf(ResourceClass.CpuMilli).Free);
        Assert.Equal(0UL, provider.SumOf(ResourceClass.Gpu).Free);
        Assert.Equal("ssd", provider.AttributeOf("disk"));
        Assert.Equal(before - (200 * TestGenesis.Credit) - ((ulong)result.GasUsed * 10), _chain.Balance("alice"));
        Assert.Equal(0, _chain.HeldInAll());
        Assert.Equal(ResultCode.Exists, _chain.RunOne("alice", AsProvider(200 * TestGenesis.Credit)).Code);
    }

    [Fact]
    public void Stake_below_the_minimum_or_beyond_the_balance_is_refused()
    {
        Assert.Equal(ResultCode.BelowMinimum, _chain.RunOne("alice", AsProvider((100 * TestGenesis.Credit) - 1)).Code);
        Assert.Equal(ResultCode.InsufficientFunds, _chain.RunOne("alice", AsProvider(ulong.MaxValue)).Code);
        Assert.Null(Providers.Load(_chain.State, TestKeys.AddressOf("alice")));
    }

    [Fact]
    public void Auditor_needs_an_accreditation_of_the_genesis()
    {
        Register request = As(Role.Auditor);
        Assert.Equal(ResultCode.NotAccredited, _chain.RunOne("alice", request).Code);
        Assert.Equal(ResultCode.Ok, _chain.RunOne("auditor", request).Code);
        Assert.NotNull(RoleHolders.Load(_chain.State, Role.Auditor, TestKeys.AddressOf("auditor")));
        Assert.Equal(ResultCode.NotAccredited, _chain.RunOne("auditor", As(Role.Prober)).Code);
        Assert.Equal(ResultCode.Ok, _chain.RunOne("alice", As(Role.Juror)).Code);
        Assert.Equal(0, _chain.HeldInAll());
    }

    [Fact]
    public void Only_providers_name_region_and_capacity_and_they_must()
    {
        Assert.Equal(ResultCode.BadSchema, _chain.RunOne("alice", As(Role.Juror) with { Region = "eu" }).Code);
        Register nowhere = AsProvider(200 * TestGenesis.Credit) with { Region = "" };
        Assert.Equal(ResultCode.BadSchema, _chain.RunOne("alice", nowhere).Code);
    }

    [Fact]
    public void Provider_decodes_to_the_same()
    {
        Provider provider = Providers.Load(_chain.State, TestKeys.AddressOf("provider"))!
            .WithLocked(7) with { Capacity = [new(ResourceClass.CpuMilli, 64_000, 5, 6)], LiveLeases = 3 };
        Assert.True(Provider.TryDecode(provider.Encode(), out Provider decoded, out _));
        Assert.Equal(provider.Encode(), decoded.Encode());
        Assert.Equal(7UL, decoded.Locked);
        Assert.Equal(provider.Bonded - 7, decoded.StakeFree);
        Assert.Equal(0UL, decoded.WithUnlocked(7).Locked);
    }

    private static Register As(Role role) => new(role, 100 * TestGenesis.Credit, "did:a", default, [], "", [], 1);

    private static Register AsProvider(ulong stake) => new(
        Role.Provider, stake, "did:p", default, [new(ResourceClass.CpuMilli, 4000)], "eu", [new("disk", "ssd")], 1);
}
