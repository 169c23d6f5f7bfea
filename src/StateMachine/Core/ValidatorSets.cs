using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Core;

/// <summary>
/// The validator sets of the next height and of the one after it, with their proposer priorities. The arithmetic follows
/// CometBFT's <c>updateState</c>: changes of block H join the set of H+2, whose rotation then takes one step.
/// </summary>
public static class ValidatorSets
{
    private const int CodecVersion = 1;

    /// <summary>After block H (or the genesis of H+1): the set of H+1.</summary>
    public static ValidatorSet Next(IStateReader state) => Load(state, Schema.ValidatorsNext);

    /// <summary>After block H (or the genesis of H+1): the set of H+2.</summary>
    public static ValidatorSet AfterNext(IStateReader state) => Load(state, Schema.ValidatorsAfterNext);

    internal static void Store(StateOverlay state, ValidatorSet next, ValidatorSet afterNext)
    {
        Store(state, Schema.ValidatorsNext, next);
        Store(state, Schema.ValidatorsAfterNext, afterNext);
    }

    /// <summary>
    /// Moves both sets one height on and answers the changes that the block's seats made. The last validator is never
    /// removed: changes that would leave nobody, or too much power, are not made.
    /// </summary>
    /// <param name="state">The state with all of the block's changes.</param>
    /// <param name="committed">The state before the block.</param>
    internal static (IReadOnlyList<ValidatorUpdate> Updates, ValidatorSet AfterNext) Advance(
        StateOverlay state, IStateReader committed)
    {
        ValidatorSet current = AfterNext(state);
        IReadOnlyList<ValidatorUpdate> updates = SeatsChanged(state, committed) ? Difference(current, state) : [];
        if (!current.TryUpdate(updates, out ValidatorSet changed, out _))
        {
            updates = [];
            changed = current;
        }
        ValidatorSet afterNext = changed.Increment(1);
        Store(state, current, afterNext);
        return (updates, afterNext);
    }

    /// <summary>True when the block touched seats, the parameters that give them power, or a provider's bonded stake.</summary>
    private static bool SeatsChanged(StateOverlay state, IStateReader committed)
    {
        foreach ((StateKey key, byte[]? value) in state.Changes)
        {
            if (key.Store == StoreId.Meta && (key.Bytes[0] is Schema.Seat or Schema.Parameters)) return true;
            bool isProvider = key.Store == StoreId.Market && key.Bytes[0] == Schema.Provider;
            if (isProvider && Providers.BondedOf(value) != Providers.BondedOf(committed.Get(key.Store, key.Bytes))) return true;
        }
        return false;
    }

    /// <summary>What turns the set into the seats, by address ascending.</summary>
    private static List<ValidatorUpdate> Difference(ValidatorSet current, StateOverlay state)
    {
        Parameters parameters = Parameters.Load(state);
        SortedDictionary<Address, ValidatorUpdate> updates = [];
        foreach (Validator validator in current.Validators) updates.Add(validator.Address, new(validator.PublicKey, 0));
        foreach (Seat seat in Seats.All(state))
        {
            ValidatorUpdate wanted = new(seat.ConsensusKey, SeatPower.Of(state, seat, parameters));
            int place = current.IndexOf(seat.ConsensusAddress);
            bool isSame = place >= 0 && current.Validators[place].Power == wanted.Power;
            if (isSame) updates.Remove(seat.ConsensusAddress);
            else updates[seat.ConsensusAddress] = wanted;
        }
        return [.. updates.Values];
    }

    private static ValidatorSet Load(IStateReader state, byte prefix)
    {
        byte[]? bytes = state.Get(StoreId.Meta, Schema.Key(prefix));
        Invariant.Holds(bytes is not null, "the state holds the validator sets");
        MessagePackReader reader = new(bytes);
        reader.Array(2);
        ulong version = reader.UInt();
        ValidatorSet? set = ValidatorSet.Read(ref reader);
        reader.EndArray();
        Invariant.Holds(reader.TryFinish(out _) && set is not null && version == CodecVersion, "a stored set is canonical");
        return set;
    }

    private static void Store(StateOverlay state, byte prefix, ValidatorSet set)
    {
        MessagePackWriter writer = new();
        set.Write(ref writer.Array(2).UInt(CodecVersion));
        state.Put(StoreId.Meta, Schema.Key(prefix), writer.ToArray());
    }
}
