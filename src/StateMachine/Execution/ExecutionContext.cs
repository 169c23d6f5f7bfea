using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Execution;

/// <summary>
/// What the rules of one message work with. Rules check everything first and write afterwards; whatever they wrote is
/// dropped when they answer a code other than <see cref="ResultCode.Ok"/>.
/// </summary>
public sealed class ExecutionContext
{
    public ExecutionContext(StateOverlay state, BlockContext block, Address sender, Hash256 transactionId)
    {
        State = state;
        Block = block;
        Sender = sender;
        TransactionId = transactionId;
    }

    public StateOverlay State { get; }

    public BlockContext Block { get; }

    /// <summary>Who pays and acts. The zero address in timed moves, which nobody sends.</summary>
    public Address Sender { get; }

    /// <summary>The transaction's id; zero in timed moves.</summary>
    public Hash256 TransactionId { get; }

    /// <summary>What happened, in order.</summary>
    public List<Event> Events { get; } = [];

    public MarketTime Now => Block.Now;

    public void Emit(Event happened) => Events.Add(happened);
}
