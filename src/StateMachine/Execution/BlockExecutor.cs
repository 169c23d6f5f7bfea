using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Core;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Execution;

/// <summary>
/// Executes a block on the committed state before it: clock, evidence, rewards, beacon, timed moves, transactions, fees,
/// validators. Pure: the same input gives the same outcome, and nothing is written anywhere.
/// </summary>
public static class BlockExecutor
{
    /// <param name="committed">The state after the block before, or of the genesis.</param>
    /// <param name="input">A block whose content is valid (<see cref="BlockValidity"/>), or that a commit decided.</param>
    /// <param name="decoded">The signed transactions as validity decoded them, to save doing it again; null to decode here.</param>
    /// <exception cref="InvariantException">The version is unknown, or credits would not be conserved.</exception>
    public static BlockOutcome Execute(
        IStateReader committed, BlockInput input, IReadOnlyList<SignedTransaction>? decoded = null)
    {
        Invariant.Holds(ProtocolVersions.IsKnown(input.AppVersion), "this program has the rules of the block's version");
        Parameters parameters = Parameters.Load(committed);
        StateOverlay state = new(committed);
        MarketTime now = MarketClock.Advance(state, input.Time, input.PreviousTime, parameters);
        BlockContext block = new(
            input.ChainId, input.Height, input.Time, now, input.AppVersion, input.Proposer, parameters);

        List<Event> blockEvents = [];
        Equivocations.Apply(state, block, input.Evidence, blockEvents);
        ValidatorRewards.Run(state, block, input.LastCommit, blockEvents);
        // The beacon comes first: draws are made before a transaction of this block can change what they draw from.
        List<TransactionOutcome> results = new(input.Transactions.Count);
        if (BeaconOf(input) is { } beacon) results.Add(BeaconStep(state, block, beacon, input.Transactions[0]));
        bool timedMoves = TimedMoves.Run(state, block, blockEvents);
        Transactions(state, block, input, decoded, blockEvents, results);
        BlockTotals.Advance(state, committed, block, blockEvents);
        AppendEvents(state, input.Height, blockEvents, results);
        (IReadOnlyList<ValidatorUpdate> updates, ValidatorSet afterNext) = ValidatorSets.Advance(state, committed);
        ConsensusParams before = ConsensusParamsOf(parameters);
        ConsensusParams after = ConsensusParamsOf(Parameters.Load(state));

        IReadOnlyList<KeyValuePair<StateKey, byte[]?>> changes = Changes(committed, state);
        Conservation.Holds(committed, changes);
        return new BlockOutcome(
            results,
            blockEvents,
            updates,
            afterNext,
            after == before ? null : after,
            changes,
            timedMoves || input.Transactions.Count > 0 || input.Evidence.Count > 0,
            block);
    }

    /// <summary>The part of the parameters that consensus_hash covers.</summary>
    public static ConsensusParams ConsensusParamsOf(Parameters parameters) =>
        new((long)parameters.BlockBytesMax, (long)parameters.BlockWorkMax);

    /// <summary>The proposer's part in the beacon, where the block opens with one.</summary>
    internal static BeaconTransaction? BeaconOf(BlockInput input)
    {
        if (input.Transactions.Count == 0) return null;
        return BeaconTransaction.TryDecode(input.Transactions[0], out BeaconTransaction beacon) ? beacon : null;
    }

    private static TransactionOutcome BeaconStep(StateOverlay state, BlockContext block, BeaconTransaction beacon, byte[] raw)
    {
        Hash256 id = Sha256.Hash(raw);
        ExecutionContext context = new(state, block, block.Proposer, id);
        ResultCode code = BeaconRules.Apply(context, beacon);
        return new TransactionOutcome(id, code, EventRoots.Of(context.Events).ToArray(), 0, 0, context.Events);
    }

    /// <summary>Runs the signed transactions and adds their results to the beacon's, where there is one.</summary>
    private static void Transactions(
        StateOverlay state,
        BlockContext block,
        BlockInput input,
        IReadOnlyList<SignedTransaction>? decoded,
        List<Event> blockEvents,
        List<TransactionOutcome> results)
    {
        int first = results.Count;
        int count = input.Transactions.Count - first;
        Invariant.Holds(decoded is null || decoded.Count == count, "the decoded transactions are the block's");
        if (count == 0) return;

        FeeState last = FeeState.Load(state);
        FeeState fees = FeeMarket.At(last, block.Now, block.Parameters);
        TransactionExecutor executor = new(state, block, fees.BaseFee);
        for (int i = 0; i < count; i++)
        {
            SignedTransaction? transaction = decoded?[i];
            bool isDecoded = transaction is not null
                || SignedTransaction.TryDecode(input.Transactions[first + i], out transaction, out _);
            results.Add(isDecoded
                ? executor.Execute(transaction!)
                : TransactionExecutor.Undecodable(input.Transactions[first + i]));
        }
        Pools.TakeFee(state, executor.FeesTaken);
        FeeMarket.Add(fees, executor.WorkPaid, block.Parameters).Store(state);
        if (fees.BaseFee != last.BaseFee)
        {
            blockEvents.Add(new Event("BaseFeeChanged", [new("from", last.BaseFee), new("to", fees.BaseFee)]));
        }
    }

    private static void AppendEvents(
        StateOverlay state, Height height, List<Event> blockEvents, List<TransactionOutcome> results)
    {
        if (EventRoots.OfBlock(blockEvents, results) is not { } root) return;
        EventRange.Load(state).Append(EventRange.Leaf(height, root)).Store(state);
    }

    private static List<KeyValuePair<StateKey, byte[]?>> Changes(IStateReader committed, StateOverlay state)
    {
        List<KeyValuePair<StateKey, byte[]?>> changes = [];
        foreach (KeyValuePair<StateKey, byte[]?> change in state.Changes)
        {
            byte[]? old = committed.Get(change.Key.Store, change.Key.Bytes);
            bool isSame = old is null || change.Value is null
                ? old is null && change.Value is null
                : old.AsSpan().SequenceEqual(change.Value);
            if (!isSame) changes.Add(change);
        }
        return changes;
    }
}
