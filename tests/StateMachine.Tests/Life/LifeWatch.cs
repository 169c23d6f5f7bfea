using System;
using System.Collections.Generic;
using System.Globalization;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.StateMachine.Tests.Life;

/// <summary>What must hold from one block to the next, beside what holds of each state (marketplace.md 5.6).</summary>
internal sealed class LifeWatch(LifeWorld world)
{
    /// <summary>Every how many failed transactions one is compared with a block without it.</summary>
    private const int FailuresPerCheck = 6;

    private readonly SortedDictionary<(ulong, ReviewSide), Stars> _published = [];
    private readonly SortedSet<(Address, Hash256)> _nonces = [];
    private readonly SortedDictionary<string, ulong> _collateral = new(StringComparer.Ordinal);
    private readonly LifeState _state = new(world.Chain.State);
    private int _failures;

    public EdgeBook Edges { get; } = new(world.Chain.State);

    /// <summary>After every block.</summary>
    public void Check()
    {
        _state.Apply(world.Last);
        LifeState state = _state;
        LifeInvariants.Credits(state, world.Chain.State);
        LifeInvariants.Stakes(state);
        LifeInvariants.Leases(state, world.Now);
        LifeInvariants.Ends(state);
        if (world.LastTransaction is null) LifeInvariants.Deadlines(state, world.Now);
        LifeInvariants.Cases(state, world.Now, world.Parameters);
        LifeInvariants.Bounds(world.Parameters);
        Edges.Note(world.Last);
        Reviews(state);
        Slashes();
        Transactions();
    }

    /// <summary>P14: a side writes one review, and once it is published its stars stay.</summary>
    private void Reviews(LifeState state)
    {
        foreach (Review review in state.Reviews.Values)
        {
            if (review.State == ReviewState.Hidden) continue;
            if (!_published.TryAdd((review.LeaseId, review.Side), review.Stars))
            {
                Assert.Equal(_published[(review.LeaseId, review.Side)], review.Stars);
            }
        }
    }

    /// <summary>P12, P13: no lease pays more than its collateral for faults, and every slash says where each credit went.</summary>
    private void Slashes()
    {
        foreach (Event happened in LastEvents())
        {
            switch (happened.Type)
            {
                case "LeaseCreated":
                    _collateral[Text(happened, "lease")] = Number(happened, "collateral");
                    break;
                case "LeaseAmended":
                    _collateral.Remove(Text(happened, "lease"));
                    break;
                case "LeaseClosed":
                    TakeCollateral(happened, Number(happened, "provider_penalty"));
                    break;
                case "LeaseCompensated":
                    TakeCollateral(happened, Number(happened, "from_collateral"));
                    break;
                case "Slashed":
                    ulong reward = Find(happened, "reward") is null ? 0 : Number(happened, "reward");
                    Assert.Equal(
                        Number(happened, "stake_from") - Number(happened, "stake_to"),
                        reward + Number(happened, "reliability") + Number(happened, "burned"));
                    break;
            }
        }
    }

    private void TakeCollateral(Event happened, ulong amount)
    {
        // A lease that was amended has another collateral than at its beginning.
        if (!_collateral.TryGetValue(Text(happened, "lease"), out ulong left)) return;
        Assert.True(amount <= left, $"P12: lease {Text(happened, "lease")} lost {amount} of {left}");
        _collateral[Text(happened, "lease")] = left - amount;
    }

    private void Transactions()
    {
        if (world.LastTransaction is not { } transaction) return;
        TransactionOutcome result = world.LastResult!;
        Message message = transaction.Body.Messages[0];
        // P22: what nobody may close is never refused as closed.
        if (result.Code == ResultCode.KindDisabled) Assert.True(KindGates.IsSwitchable(message.Kind), $"P22: {message.Kind} was closed");
        // P17: a nonce of an issuer is taken once.
        if (result.Code == ResultCode.Ok && message is Attest attest) Assert.True(_nonces.Add((transaction.Body.Sender, attest.Claim.Nonce)), "P17");
        Payers(transaction);
        if (result.Code != ResultCode.Ok && _failures++ % FailuresPerCheck == 0) Failed(transaction, result);
    }

    /// <summary>P30: nobody's balance falls but the sender's, and that of whom it acts for.</summary>
    private void Payers(SignedTransaction transaction)
    {
        foreach ((StateKey key, byte[]? value) in world.Last.Changes)
        {
            if (key.Store != StoreId.Market || key.Bytes[0] != Schema.Account) continue;
            Address owner = Address.From(key.Bytes[1..]);
            if (owner == transaction.Body.Sender || owner == transaction.Body.Granter) continue;
            Int128 after = Ledger.Load(world.Chain.State, owner).Balance;
            Int128 before = Ledger.Load(world.Before, owner).Balance;
            // Who posts an offer promises a deposit to whoever takes it.
            if (transaction.Body.Messages[0] is TakeOffer taken && OfferStore.Read(world.Before, taken.OfferId) is { } offer && offer.Provider == owner)
            {
                after += offer.Terms.Deposit;
            }
            Assert.True(after >= before, $"P30: {LifeWorld.NameOf(owner)} lost {before - after} by what another sent");
        }
    }

    /// <summary>P2: what a failed transaction leaves is its fee and sequence, whatever else its block does.</summary>
    private void Failed(SignedTransaction transaction, TransactionOutcome result)
    {
        SortedDictionary<StateKey, byte[]?> with = ByKey(world.Last);
        SortedDictionary<StateKey, byte[]?> without = ByKey(world.WithoutLast());
        SortedSet<StateKey> keys = [.. with.Keys, .. without.Keys];
        foreach (StateKey key in keys)
        {
            bool isSame = with.TryGetValue(key, out byte[]? one) && without.TryGetValue(key, out byte[]? other)
                && one.AsSpan().SequenceEqual(other);
            Assert.True(isSame || IsBookkeeping(key, transaction), $"P2: {result.Code} changed {key.Store} {Hex.Lower(key.Bytes)}");
        }
    }

    private static bool IsBookkeeping(StateKey key, SignedTransaction transaction)
    {
        if (key.Store == StoreId.Meta) return key.Bytes[0] is Schema.FeeMarket or Schema.EventRange;
        return key.Bytes[0] switch
        {
            Schema.Account => key.Bytes[1..].SequenceEqual(transaction.Body.Sender.Span)
                || (transaction.Body.Granter is { } granter && key.Bytes[1..].SequenceEqual(granter.Span)),
            Schema.Pools or Schema.Grant or Schema.RewardEpoch => true,
            Schema.TimedQueue => key.Bytes[9] == (byte)Core.TimedKind.AccountExpiry,
            _ => false,
        };
    }

    private static SortedDictionary<StateKey, byte[]?> ByKey(BlockOutcome block)
    {
        SortedDictionary<StateKey, byte[]?> changes = [];
        foreach ((StateKey key, byte[]? value) in block.Changes) changes[key] = value;
        return changes;
    }

    private IEnumerable<Event> LastEvents()
    {
        foreach (Event happened in world.Last.BlockEvents) yield return happened;
        foreach (TransactionOutcome result in world.Last.Results)
        {
            foreach (Event happened in result.Events) yield return happened;
        }
    }

    private static string? Find(Event happened, string key)
    {
        foreach (EventAttribute attribute in happened.Attributes)
        {
            if (attribute.Key == key) return attribute.Value;
        }
        return null;
    }

    private static string Text(Event happened, string key) =>
        Find(happened, key) ?? throw new InvalidOperationException($"{happened.Type} has no {key}");

    private static ulong Number(Event happened, string key) => ulong.Parse(Text(happened, key), CultureInfo.InvariantCulture);
}
