using System;
using System.Collections.Generic;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Stake;
using Chain.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Chain.StateMachine.Tests.Accounts.Grants;

/// <summary>
/// marketplace.md 5.6, P29: whatever is granted, changed, revoked and tried, no grant spends beyond its cap or after its expiry. The
/// law counts by alice's balance alone and keeps its own books.
/// </summary>
public sealed class GrantPropertyTests
{
    private static readonly string[] Grantees = ["bob", "session-key"];

    private static Gen<Step> Steps { get; } = Gen.OneOf(
        from grantee in Gen.Elements(Grantees)
        from cap in Gen.Choose(0, 50)
        from seconds in Gen.Choose(1, 120)
        from fees in Gen.Elements(true, false)
        from stake in Gen.Elements(true, false)
        select new Step(Action.Set, grantee, (ulong)cap * 100_000, (ulong)seconds, fees, stake),
        from grantee in Gen.Elements(Grantees)
        select new Step(Action.Revoke, grantee, 0, 1, false, false),
        from grantee in Gen.Elements(Grantees)
        from amount in Gen.Choose(0, 10)
        from seconds in Gen.Choose(1, 20)
        from stake in Gen.Elements(true, false)
        select new Step(Action.Spend, grantee, (ulong)amount * 100_000, (ulong)seconds, false, stake),
        from grantee in Gen.Elements(Grantees)
        from amount in Gen.Choose(0, 10)
        from seconds in Gen.Choose(1, 20)
        from stake in Gen.Elements(true, false)
        select new Step(Action.Spend, grantee, (ulong)amount * 100_000, (ulong)seconds, true, stake));

    [Fact]
    public void Grants_never_spend_beyond_their_cap_or_after_their_expiry()
    {
        int spends = 0;
        int refusals = 0;
        PropertyCheck.Holds(
            from count in Gen.Choose(5, 40)
            from steps in Steps.ListOf(count)
            select new List<Step>(steps),
            steps =>
            {
                // Without storage deposits, which come back when records go, only spending moves alice's balance in these blocks.
                GrantWorld world = new(Parameters.Devnet.With(ParameterId.StorageDeposit, 0));
                world.Run("alice", GrantWorld.AsProvider);
                SortedDictionary<string, Books> books = new(StringComparer.Ordinal);
                foreach (Step step in steps)
                {
                    if (!Holds(world, books, step, ref spends, ref refusals)) return false;
                }
                return true;
            });
        Assert.True(spends > 200 && refusals > 200, $"the law saw {spends} spends and {refusals} refusals");
    }

    private static bool Holds(
        GrantWorld world, SortedDictionary<string, Books> books, Step step, ref int spends, ref int refusals)
    {
        world.Chain.Run((long)step.Seconds * 1000);
        ulong before = world.Chain.Balance("alice");
        switch (step.Action)
        {
            case Action.Set:
                MessageKind[] kinds = step.Stake ? [MessageKind.Transfer, MessageKind.Stake] : [MessageKind.Transfer];
                GrantTerms terms = world.Terms(step.Amount, kinds) with { PaysFees = step.Flag, ExpiresAt = world.Now + 1 + (step.Seconds * 4) };
                if (world.Set(terms, step.Grantee) != ResultCode.Ok) return false;
                bool isLive = books.TryGetValue(step.Grantee, out Books? old) && world.Now < old.ExpiresAt;
                books[step.Grantee] = new Books(step.Amount, terms.ExpiresAt, isLive ? old!.Spent : 0);
                return true;
            case Action.Revoke:
                world.Revoke(step.Grantee);
                books.Remove(step.Grantee);
                return true;
            default:
                Message spend = step.Stake ? new Stake(Role.Provider, StakeAction.Bond, step.Amount) : GrantWorld.Pay(step.Amount, "dave");
                TransactionOutcome outcome = world.ActAs(step.Grantee, step.Flag ? [spend, GrantWorld.Pay(1, "alice"), spend] : [spend]);
                if (outcome.Code == ResultCode.Ok) spends++;
                else refusals++;
                ulong after = world.Chain.Balance("alice");
                if (after > before) return false;
                if (after == before) return true;
                if (!books.TryGetValue(step.Grantee, out Books? book) || world.Now >= book.ExpiresAt) return false;
                book = book with { Spent = book.Spent + (before - after) };
                books[step.Grantee] = book;
                return book.Spent <= book.Cap && world.Read(step.Grantee)!.Spent == book.Spent;
        }
    }

    private enum Action
    {
        Set,
        Revoke,
        Spend,
    }

    private sealed record Step(Action Action, string Grantee, ulong Amount, ulong Seconds, bool Flag, bool Stake);

    private sealed record Books(ulong Cap, ulong ExpiresAt, ulong Spent);
}
