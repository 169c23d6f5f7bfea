using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Core;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Genesis;

/// <summary>Gives a validator's seat to other keys, in a state that a new chain is about to begin with.</summary>
public static class SeatTransfer
{
    /// <summary>False when nobody of that consensus address has a seat, or the new key has one already.</summary>
    public static bool TryMove(StateOverlay state, in Address from, in PublicKey consensusKey, in PublicKey nodeKey)
    {
        if (Seats.Load(state, from) is not { } seat || Seats.Load(state, consensusKey.Address) is not null) return false;
        if (!TryReplace(ValidatorSets.Next(state), from, consensusKey, out ValidatorSet next)) return false;
        if (!TryReplace(ValidatorSets.AfterNext(state), from, consensusKey, out ValidatorSet afterNext)) return false;
        Seats.Remove(state, from);
        Seats.Store(state, seat with { ConsensusKey = consensusKey, NodeKey = nodeKey });
        ValidatorSets.Store(state, next, afterNext.Increment(1));
        return true;
    }

    /// <summary>
    /// The same powers under another key. The rotation begins anew: priorities have no meaning across a change of members that
    /// happened in no block.
    /// </summary>
    private static bool TryReplace(ValidatorSet set, in Address from, in PublicKey key, out ValidatorSet replaced)
    {
        List<ValidatorUpdate> members = [];
        bool isFound = false;
        foreach (Validator validator in set.Validators)
        {
            bool isIt = validator.Address == from;
            isFound |= isIt;
            members.Add(new ValidatorUpdate(isIt ? key : validator.PublicKey, validator.Power));
        }
        return ValidatorSet.TryCreate(members, out replaced, out _) && isFound;
    }
}
