using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.Simulator.Cluster;
using Chain.Simulator.Options;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Core;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Keys;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.Simulator.Load;

/// <summary>Clients that send transfers, and play the market as far as chance takes them, to whichever node answers.</summary>
internal sealed class ClientLoad
{
    private const long UsPerMs = 1000;
    private const ulong Purpose = 3;
    private const ulong Credit = 1_000_000_000;
    private const ulong RateMax = 5_000_000;

    private readonly ClusterWorld _world;
    private readonly IReadOnlyList<SimulatedNode> _nodes;
    private readonly Dice _dice;
    private readonly AdmissionLoad _admission;

    public ClientLoad(ClusterWorld world, IReadOnlyList<SimulatedNode> nodes)
    {
        (_world, _nodes, _dice) = (world, nodes, world.Dice.Fork(Purpose));
        _admission = new AdmissionLoad(world, _dice);
    }

    public void Begin()
    {
        if (_world.Options.LoadEveryMs > 0) SendLater();
    }

    private void SendLater() => _world.Events.After(_dice.Between(1, _world.Options.LoadEveryMs * 2 * UsPerMs), () =>
    {
        SimulatedNode node = _nodes[_dice.Below(_nodes.Count)];
        if (node.Life is { } life) node.Submit(Make(life.Parts.State));
        SendLater();
    });

    private byte[] Make(IStateReader state)
    {
        bool isOperator = _dice.Chance(300);
        IReadOnlyList<KeyLine> senders = isOperator ? _world.Keys.Operators : _world.Keys.Accounts;
        int place = _dice.Below(senders.Count);
        Address sender = senders[place].Address;
        Account account = Ledger.Load(state, sender);
        PrivateKey key = senders[place].Holding(account.Key);
        byte lane = (byte)_dice.Below(3);
        ulong now = (ulong)((ClusterGenesis.StartUnixMs / 1000) + (_world.Events.NowUs / 1_000_000));
        TransactionBody body = new(
            ClusterGenesis.ChainId,
            sender,
            lane,
            // Sometimes ahead of what this node knows, sometimes far.
            account.NextSequence(lane) + (ulong)(_dice.Chance(700) ? 0 : _dice.Below(4)),
            MaxFee: 10 * Credit,
            Tip: (ulong)_dice.Below(1_000_000),
            ValidUntil: now + (ulong)_dice.Between(5, 300),
            [isOperator ? OperatorMessage(place, key, state) : ClientMessage(senders[place], key, state)],
            "");
        return SignedTransaction.Sign(body, key).Bytes;
    }

    private Message ClientMessage(KeyLine keys, PrivateKey key, IStateReader state) => _dice.Weighted([60, 12, 10, 8, 5, 5, 4, 4]) switch
    {
        0 => new Transfer(_dice.Pick(_world.Keys.Accounts).Address, (ulong)_dice.Between(1, (long)Credit), default),
        1 => new OpenOrder(Terms()),
        2 => new AcceptBid(Newest(state, CounterKind.Order), AnyProvider()),
        3 => new StartLease(Newest(state, CounterKind.Lease), default, default),
        4 => new SettleLeases([Newest(state, CounterKind.Lease)]),
        5 => new CloseLease(Newest(state, CounterKind.Lease), CloseReason.Done, CloseMode.Now),
        6 => _admission.VisitorMessage(keys.Address),
        _ => Rotate(keys, key),
    };

    /// <summary>Only the mover bonds more: a bond is power, and the faulty ones, and those that are gone in the end, must stay few.</summary>
    private Message OperatorMessage(int place, PrivateKey key, IStateReader state) => _dice.Weighted(
        [40, 25, IsMover(place) ? 60 : 0, 15, 60, IsMover(place) && _world.Options.MoverLeaves ? 80 : 0, 4]) switch
    {
        0 => new PlaceBid(Newest(state, CounterKind.Order), (ulong)_dice.Between(1, (long)RateMax), 30_000_000, 20),
        1 => new StartLease(Newest(state, CounterKind.Lease), HashOf(7), HashOf(8)),
        2 => new Stake(Role.Provider, StakeAction.Bond, (ulong)_dice.Between(1, 30) * Credit),
        3 => new Withdraw(Newest(state, CounterKind.Lease), 0),
        4 => _admission.Vote(),
        5 => _admission.MoverMessage(state),
        _ => Rotate(_world.Keys.Operators[place], key),
    };

    /// <summary>Another key is to speak for the account.</summary>
    private static RotateKey Rotate(KeyLine keys, PrivateKey key) =>
        RotateKey.Sign(ClusterGenesis.ChainId, keys.Address, key.PublicKey, keys.After(key));

    private bool IsMover(int place) => place == _world.Options.Mover;

    private Address AnyProvider() => _dice.Pick(_world.Keys.Operators).Address;

    private static OrderTerms Terms() => new(
        HashOf(1), HashOf(2), new OrderNeeds(new ResourceVector(1000), [], [], []), 1, RateMax, 20_000_000, 100, 0,
        NoticeSeconds: 20, OpenSeconds: 60);

    private static ulong Newest(IStateReader state, CounterKind kind) => System.Math.Max(1, Counters.Last(state, kind));

    private static Hash256 HashOf(byte number)
    {
        byte[] bytes = new byte[Hash256.Size];
        System.Array.Fill(bytes, number);
        return Hash256.From(bytes);
    }
}
