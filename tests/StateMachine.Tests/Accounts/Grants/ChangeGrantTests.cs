using Chain.Primitives.Codec;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Grants;

namespace Chain.StateMachine.Tests.Accounts.Grants;

public sealed class ChangeGrantTests
{
    private readonly GrantWorld _world = new();

    [Fact]
    public void Set_grant_is_kept_with_its_storage_deposit_and_revoking_returns_it()
    {
        ulong before = _world.Chain.Balance("alice");
        Assert.Equal(ResultCode.Ok, _world.Set(_world.Terms(5)));
        Assert.Equal(5UL, _world.Read()!.Left);
        Assert.Equal(GrantWorld.Storage, _world.Read()!.StorageDeposit);
        Assert.Equal(ResultCode.Ok, _world.Revoke());
        Assert.Null(_world.Read());
        ulong fees = before - _world.Chain.Balance("alice");
        Assert.True(fees < GrantWorld.Storage, "only the fees are gone");
        Assert.Equal(ResultCode.NotFound, _world.Revoke());
    }

    [Fact]
    public void Grant_to_oneself_is_refused() => Assert.Equal(ResultCode.SelfDeal, _world.Set(_world.Terms(5), "alice"));

    [Fact]
    public void Grant_must_expire_in_the_future_and_within_a_year()
    {
        ulong block = _world.Now + 1;
        Assert.Equal(ResultCode.TooLate, _world.Set(_world.Terms(5) with { ExpiresAt = block }));
        block = _world.Now + 1;
        Assert.Equal(ResultCode.OverMaximum, _world.Set(_world.Terms(5) with { ExpiresAt = block + GrantLimits.SecondsMax + 1 }));
        block = _world.Now + 1;
        Assert.Equal(ResultCode.Ok, _world.Set(_world.Terms(5) with { ExpiresAt = block + GrantLimits.SecondsMax }));
        block = _world.Now + 1;
        Assert.Equal(ResultCode.Ok, _world.Set(_world.Terms(5) with { ExpiresAt = block + 1 }));
    }

    [Fact]
    public void Account_without_credits_for_the_storage_deposit_cannot_grant()
    {
        Assert.Equal(ResultCode.Ok, _world.Run("alice", GrantWorld.Pay(GrantWorld.Storage, "newcomer")));
        Assert.Equal(ResultCode.InsufficientFunds, _world.Set(_world.Terms(5), granter: "newcomer"));
    }

    [Fact]
    public void Account_has_at_most_so_many_grants_and_may_change_each()
    {
        for (int i = 0; i < GrantLimits.PerAccountMax; i++)
        {
            Assert.Equal(ResultCode.Ok, _world.Set(_world.Terms(5), GrantWorld.NameOf(i)));
        }
        Assert.Equal(ResultCode.OverMaximum, _world.Set(_world.Terms(5), "bob"));
        Assert.Equal(ResultCode.Ok, _world.Set(_world.Terms(6), GrantWorld.NameOf(0)));
        Assert.Equal(ResultCode.Ok, _world.Revoke(GrantWorld.NameOf(1)));
        Assert.Equal(ResultCode.Ok, _world.Set(_world.Terms(5), "bob"));
    }

    [Fact]
    public void Changed_terms_keep_what_was_spent_so_that_hurrying_gains_nothing()
    {
        _world.Set(_world.Terms(100));
        Assert.Equal(ResultCode.Ok, _world.Act(GrantWorld.Pay(80)).Code);
        Assert.Equal(ResultCode.Ok, _world.Set(_world.Terms(50)));
        Assert.Equal(0UL, _world.Read()!.Left);
        Assert.Equal(ResultCode.OverMaximum, _world.Act(GrantWorld.Pay(1)).Code);
        Assert.Equal(ResultCode.Ok, _world.Set(_world.Terms(90)));
        Assert.Equal(ResultCode.Ok, _world.Act(GrantWorld.Pay(10)).Code);
        Assert.Equal(ResultCode.OverMaximum, _world.Act(GrantWorld.Pay(1)).Code);
    }

    [Fact]
    public void Revoked_or_expired_grant_that_is_set_again_starts_anew()
    {
        _world.Set(_world.Terms(100));
        _world.Act(GrantWorld.Pay(100));
        _world.Revoke();
        _world.Set(_world.Terms(100) with { ExpiresAt = _world.Now + 3 });
        Assert.Equal(ResultCode.Ok, _world.Act(GrantWorld.Pay(100)).Code);
        // The header passes the expiry while the record still waits for its clean-up.
        _world.Chain.Run(1000);
        Assert.NotNull(_world.Read());
        Assert.Equal(ResultCode.Ok, _world.Set(_world.Terms(100)));
        Assert.Equal(100UL, _world.Read()!.Left);
    }

    [Fact]
    public void Record_goes_after_its_expiry_and_the_storage_deposit_comes_back()
    {
        _world.Set(_world.Terms(5) with { ExpiresAt = _world.Now + 11 });
        ulong after = _world.Chain.Balance("alice");
        _world.Chain.Pass(10);
        Assert.NotNull(_world.Read());
        _world.Chain.Pass(1);
        Assert.Null(_world.Read());
        Assert.Equal(after + GrantWorld.Storage, _world.Chain.Balance("alice"));
        Assert.True(_world.Chain.HeldInAll() == 0);
    }

    [Fact]
    public void Record_that_was_prolonged_stays_until_its_new_expiry()
    {
        _world.Set(_world.Terms(5) with { ExpiresAt = _world.Now + 10 });
        _world.Set(_world.Terms(5) with { ExpiresAt = _world.Now + 1 + 100 });
        _world.Chain.Pass(50);
        Assert.NotNull(_world.Read());
        _world.Chain.Pass(60);
        Assert.Null(_world.Read());
    }

    [Fact]
    public void Outage_delays_the_clean_up_but_never_the_expiry()
    {
        _world.Set(_world.Terms(5) with { ExpiresAt = _world.Now + 1000 });
        // Header time jumps past the expiry; market time goes on by gap_max only.
        _world.Chain.Run(3_600_000);
        Assert.NotNull(_world.Read());
        Assert.Equal(ResultCode.NoGrant, _world.Act(GrantWorld.Pay(1)).Code);
        _world.Chain.Pass(1000);
        Assert.Null(_world.Read());
    }

    [Fact]
    public void Grant_of_grants_of_unknown_kinds_or_of_nothing_is_not_canonical()
    {
        GrantTerms terms = _world.Terms(5);
        Assert.True(Reads(ChangeGrant.Set(TestKeys.AddressOf("bob"), terms)));
        Assert.False(Reads(ChangeGrant.Set(TestKeys.AddressOf("bob"), terms with { Kinds = KindMask.Of(MessageKind.Grant) })));
        Assert.False(Reads(ChangeGrant.Set(TestKeys.AddressOf("bob"), terms with { Kinds = new KindMask(1UL << 63 | 2) })));
        Assert.False(Reads(ChangeGrant.Set(TestKeys.AddressOf("bob"), terms with { Kinds = new KindMask(1) })));
        Assert.False(Reads(ChangeGrant.Set(TestKeys.AddressOf("bob"), terms with { Kinds = default })));
        Assert.True(Reads(ChangeGrant.Revoke(TestKeys.AddressOf("bob"))));
        Assert.False(Reads(new ChangeGrant(GrantAction.Revoke, default, terms)));
        Assert.False(Reads(new ChangeGrant((GrantAction)3, default, terms)));
        Assert.False(Reads(ChangeGrant.Set(default, terms with { Target = GrantTarget.Of(GrantTargetKind.Lease, 0) })));
        Assert.False(Reads(ChangeGrant.Set(default, terms with { Target = GrantTarget.Of(GrantTargetKind.Any, 1) })));
        Assert.False(Reads(ChangeGrant.Set(default, terms with { Target = GrantTarget.Of((GrantTargetKind)5, 1) })));
        Assert.Equal(GrantWorld.Storage, Parameters.Devnet.StorageDeposit);
    }

    private static bool Reads(ChangeGrant change)
    {
        MessagePackWriter writer = new();
        KindTable.Write(ref writer, change);
        MessagePackReader reader = new(writer.Written);
        return KindTable.Read(ref reader) == change;
    }
}
