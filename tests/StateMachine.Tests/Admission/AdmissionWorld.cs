using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Register;

namespace Chain.StateMachine.Tests.Admission;

/// <summary>
/// A chain whose members come and go, followed block by block as CometBFT follows one: updates of block H change the set of H+2.
/// After each block the sets in the state must be the follower's, the next set the seats, and all credits accounted for.
/// </summary>
internal sealed class AdmissionWorld
{
    public const ulong Stake = 200 * TestGenesis.Credit;

    private ValidatorSet _next;
    private ValidatorSet _afterNext;

    public AdmissionWorld(int validators = 1, params (ParameterId Id, ulong Value)[] parameters)
    {
        GenesisDocument genesis = TestGenesis.Document(validators);
        foreach ((ParameterId id, ulong value) in parameters)
        {
            genesis = genesis with { Parameters = genesis.Parameters.With(id, value) };
        }
        if (genesis.Parameters.PowerPerSeat == 0) genesis = WithStakePower(genesis);
        Chain = new TestChain(genesis);
        _next = GenesisState.ValidatorsOf(genesis);
        _afterNext = _next.Increment(1);
    }

    public TestChain Chain { get; }

    public MemoryState State => Chain.State;

    public MarketTime Now => MarketClock.At(Chain.State, Chain.Time);

    public MarketTime Later => Now + 10_000;

    public BlockOutcome Last { get; private set; } = null!;

    public List<Seat> AllSeats => Seats.All(State);

    public Seat? SeatOf(string provider) => Seats.Of(State, TestKeys.AddressOf(provider));

    public Provider ProviderOf(string name) => Providers.Load(State, TestKeys.AddressOf(name))!;

    /// <summary>One message in a block of its own.</summary>
    public ResultCode Send(string sender, Message message) => Block(Chain.Sign(sender, [message])).Results[0].Code;

    public void Must(string sender, Message message) => Assert.Equal(ResultCode.Ok, Send(sender, message));

    public BlockOutcome Block(params SignedTransaction[] transactions) => Block(1000, transactions);

    public BlockOutcome Block(long stepMs, params SignedTransaction[] transactions) => Follow(Chain.Run(stepMs, transactions));

    public BlockOutcome Equivocate(string validator, long height) => Follow(Chain.RunWith(Equivocation.By(validator, height)));

    /// <summary>A block to whose predecessor these seats' keys have signed.</summary>
    public BlockOutcome BlockSignedBy(params string[] keys)
    {
        List<LastCommitFlag> flags = [];
        foreach (string key in keys) flags.Add(new LastCommitFlag(TestKeys.AddressOf(key), BlockIdFlag.Commit));
        flags.Add(new LastCommitFlag(TestKeys.AddressOf("absent"), BlockIdFlag.Absent));
        return Follow(Chain.RunWith(flags));
    }

    public void Pass(ulong seconds)
    {
        for (ulong passed = 0; passed < seconds; passed += 50)
        {
            Follow(Chain.Run((long)System.Math.Min(50, seconds - passed) * 1000));
        }
    }

    public void Register(string name, ulong stake = Stake) => Must(name, new Register(
        Role.Provider, stake, "", default, [new ClassCapacity(ResourceClass.CpuMilli, 1000)], "eu", [], 1));

    public RequestSeat Ask(string provider, string? key = null, string? node = null)
    {
        using PrivateKey consensusKey = TestKeys.Of(key ?? provider + "-key");
        using PrivateKey nodeKey = TestKeys.Of(node ?? provider + "-node");
        return RequestSeat.SignAsk(Chain.Genesis.ChainId, TestKeys.AddressOf(provider), consensusKey, nodeKey);
    }

    public RequestSeat Rotate(string provider, string former, string key, bool isNode = false)
    {
        using PrivateKey formerKey = TestKeys.Of(former);
        using PrivateKey newKey = TestKeys.Of(key);
        Address address = TestKeys.AddressOf(provider);
        return isNode
            ? RequestSeat.SignRotateNode(Chain.Genesis.ChainId, address, formerKey, newKey)
            : RequestSeat.SignRotateConsensus(Chain.Genesis.ChainId, address, formerKey, newKey);
    }

    public RequestAccess Access(string sender, string node, AccessAction action = AccessAction.Ask)
    {
        using PrivateKey nodeKey = TestKeys.Of(node);
        return RequestAccess.Sign(Chain.Genesis.ChainId, TestKeys.AddressOf(sender), action, nodeKey);
    }

    public static Admit GrantSeat(string provider, MarketTime? expires = null) =>
        Admit.GrantSeat(TestKeys.AddressOf(provider), expires ?? MarketTime.Never);

    public static Admit RevokeSeat(string provider) => Admit.RevokeSeat(TestKeys.AddressOf(provider));

    /// <summary>Registers, asks, is granted by these validators' providers, and waits until it is in the set of the next block.</summary>
    public void Seat(string provider, params string[] voters)
    {
        Register(provider);
        Must(provider, Ask(provider));
        Admit proposal = GrantSeat(provider);
        foreach (string voter in voters) Must(voter, proposal);
        Assert.NotNull(SeatOf(provider));
        Block();
    }

    public AdmittedPeers Peers() => AdmittedPeers.Load(State, new Height(Chain.Height), Chain.Time);

    private static GenesisDocument WithStakePower(GenesisDocument genesis)
    {
        List<GenesisValidator> validators = [];
        for (int i = 0; i < genesis.Validators.Count; i++)
        {
            long power = SeatPower.Of(genesis.Providers[i].Stake, genesis.Parameters);
            validators.Add(genesis.Validators[i] with { Power = power });
        }
        return genesis with { Validators = validators };
    }

    private BlockOutcome Follow(BlockOutcome outcome)
    {
        Last = outcome;
        Assert.True(_afterNext.TryUpdate(outcome.ValidatorUpdates, out ValidatorSet changed, out string error), error);
        (_next, _afterNext) = (_afterNext, changed.Increment(1));
        Same(_next, ValidatorSets.Next(State));
        Same(_afterNext, ValidatorSets.AfterNext(State));
        Same(_afterNext, outcome.NextValidators);

        Parameters parameters = Parameters.Load(State);
        List<Seat> seats = AllSeats;
        Assert.InRange(seats.Count, 1, Limits.ValidatorsMax);
        Assert.Equal(seats.Count, _afterNext.Count);
        SortedSet<Address> providers = [];
        long total = 0;
        foreach (Seat seat in seats)
        {
            long power = SeatPower.Of(State, seat, parameters);
            Assert.Equal(power, _afterNext.Validators[_afterNext.IndexOf(seat.ConsensusAddress)].Power);
            Assert.True(providers.Add(seat.Provider), "a provider has one seat");
            total += power;
        }
        Assert.Equal(total, _afterNext.TotalPower);
        Assert.True(Chain.HeldInAll() == 0, "credits are conserved");
        return outcome;
    }

    private static void Same(ValidatorSet expected, ValidatorSet actual)
    {
        Assert.Equal(expected.Hash(), actual.Hash());
        Assert.Equal(expected.Proposer.Address, actual.Proposer.Address);
        Assert.Equal(expected.Validators, actual.Validators);
    }
}
