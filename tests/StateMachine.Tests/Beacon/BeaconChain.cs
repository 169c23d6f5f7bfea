using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Execution;

namespace Chain.StateMachine.Tests.Beacon;

/// <summary>A chain of several validators that propose in turn and keep their hash chains as nodes do.</summary>
internal sealed class BeaconChain(int validators)
{
    private readonly SortedDictionary<Address, List<Hash256>> _links = [];
    private int _turn;

    public TestChain Chain { get; } = new(TestGenesis.Document(validators));

    public BeaconRound Round => BeaconRound.Load(Chain.State);

    public Address Validator(int place) => Chain.Genesis.Validators[place].PublicKey.Address;

    public static Hash256 SeedOf(in Address validator) => Sha256.Hash(validator.Span);

    /// <summary>What a node of this validator would put first into its proposal now.</summary>
    public BeaconTransaction? Opening(in Address validator)
    {
        BeaconTip? tip = BeaconTips.Load(Chain.State, validator);
        List<Hash256> links = Links(validator);
        return BeaconRules.NeedOf(Chain.State, validator) switch
        {
            BeaconNeed.Tip => new BeaconTransaction(default, links[^1]),
            BeaconNeed.Preimage => new BeaconTransaction(links[(int)(BeaconTip.Length - tip!.Used - 1)], default),
            BeaconNeed.Opening => new BeaconTransaction(default, default),
            _ => null,
        };
    }

    public BlockInput Input(in Address proposer, params IReadOnlyList<byte[]> transactions) =>
        Chain.Input(Chain.Time.AddMs(1000), transactions) with { Proposer = proposer };

    public BlockOutcome Run(in Address proposer, params IReadOnlyList<byte[]> transactions)
    {
        BlockInput input = Input(proposer, transactions);
        Assert.Equal(BlockFaultCode.None, BlockValidity.Check(Chain.State, input).Code);
        return Chain.Commit(input);
    }

    /// <summary>The next validator's turn; those that withhold propose without their part.</summary>
    public BlockOutcome Turn(params IReadOnlyList<int> withholding)
    {
        int place = _turn++ % Chain.Genesis.Validators.Count;
        Address proposer = Validator(place);
        BeaconTransaction? opening = Opening(proposer);
        foreach (int other in withholding)
        {
            if (other == place) opening = null;
        }
        return opening is null ? Run(proposer) : Run(proposer, opening.Encode());
    }

    /// <summary>Asks for a draw as an object would, outside of a block.</summary>
    public ulong Request(TimedKind kind, byte[] id)
    {
        StateOverlay overlay = new(Chain.State);
        BlockContext block = new(
            Chain.Genesis.ChainId, new Height(Chain.Height), Chain.Time, MarketClock.At(Chain.State, Chain.Time), 1, default,
            Chain.Genesis.Parameters);
        ulong round = Draws.Request(new ExecutionContext(overlay, block, default, default), kind, id);
        Chain.State.Apply([.. overlay.Changes]);
        return round;
    }

    public void Unseat(int place)
    {
        StateOverlay overlay = new(Chain.State);
        Seats.Remove(overlay, Validator(place));
        Chain.State.Apply([.. overlay.Changes]);
    }

    private List<Hash256> Links(in Address validator)
    {
        if (_links.TryGetValue(validator, out List<Hash256>? links)) return links;
        links = [SeedOf(validator)];
        while (links.Count <= (int)BeaconTip.Length) links.Add(Sha256.Hash(links[^1].Span));
        return _links[validator] = links;
    }
}
