using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Chain.Node.Core;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.Cli.Sim;

/// <summary>
/// A chain without consensus, disk and network: the state machine executes blocks in memory, and four validators take turns at
/// proposing and feed the beacon. The executor itself stops everything when a block would create or destroy a credit.
/// </summary>
internal sealed class SimChain : IDisposable
{
    private const int Validators = 4;
    private const ulong ValidatorStake = 1_000_000_000_000;

    /// <summary>Blocks that follow at once while the beacon works; a draw takes fewer.</summary>
    private const int BeaconBlocksMax = 64;

    private static readonly Timestamp Start = new(1_767_225_600, 0);
    private static readonly Timestamp Expires = new(2_082_758_400, 0);

    private readonly List<PrivateKey> _keys = [];
    private readonly List<BeaconKeeper> _keepers = [];

    public SimChain(SimScenario scenario)
    {
        for (int i = 0; i < Validators; i++)
        {
            _keys.Add(PrivateKey.FromSeed(Sha256.Hash(Encoding.UTF8.GetBytes($"chain/sim-validator/{i}")).Span));
        }
        Genesis = MakeGenesis(scenario);
        foreach ((StateKey key, byte[]? value) in GenesisState.Build(Genesis).Changes) State.Put(key.Store, key.Bytes, value!);
        Hash256 hash = Genesis.Hash();
        foreach (PrivateKey key in _keys) _keepers.Add(new BeaconKeeper(key, hash, State));
    }

    public StateOverlay State { get; } = new(EmptyState.Instance);

    public GenesisDocument Genesis { get; }

    public long Height { get; private set; }

    public int Transactions { get; private set; }

    public Timestamp Time { get; private set; } = Start;

    public MarketTime Now => MarketClock.At(State, Time);

    public Parameters Parameters => Parameters.Load(State);

    /// <summary>One message in a block of its own, a millisecond later, and the blocks that the beacon calls for.</summary>
    public ResultCode Send(SimActor sender, Message message)
    {
        Account account = Ledger.Load(State, sender.Address);
        TransactionBody body = new(
            Genesis.ChainId, sender.Address, Lane: 0, account.NextSequence(0), ulong.MaxValue, Tip: 0,
            (ulong)Time.Seconds + 3600, [message], "");
        SignedTransaction transaction = SignedTransaction.Create(body, sender.Key, default);
        BlockOutcome outcome = Run(1, transaction.Bytes);
        Transactions++;
        Settle();
        return outcome.Results[^1].Code;
    }

    /// <summary>Lets market time pass, second by second in steps that count in full.</summary>
    public void Pass(ulong seconds)
    {
        while (seconds > 0)
        {
            ulong step = Math.Min(seconds, 5);
            Run((long)step * 1000);
            Settle();
            seconds -= step;
        }
    }

    /// <summary>No block for so long: beyond the gap, nobody's time runs.</summary>
    public void Outage(ulong seconds)
    {
        Run((long)seconds * 1000);
        Settle();
    }

    /// <summary>Everything held and burned, less what was minted: 0.</summary>
    public Int128 Imbalance()
    {
        Int128 sum = 0;
        foreach (StoreId store in (StoreId[])[StoreId.Market, StoreId.Meta])
        {
            foreach ((byte[] key, byte[] value) in State.Range(store, [0], [255])) sum += Schema.Find(store, key)!.Held(value);
        }
        return sum;
    }

    public void Dispose()
    {
        foreach (PrivateKey key in _keys) key.Dispose();
    }

    private BlockOutcome Run(long stepMs, params byte[][] transactions)
    {
        BeaconKeeper proposer = _keepers[(int)(Height % Validators)];
        List<byte[]> raw = [.. transactions];
        if (proposer.NextOpening() is { } opening) raw.Insert(0, opening);
        Timestamp time = Time.AddMs(stepMs);
        BlockOutcome outcome = BlockExecutor.Execute(State, new BlockInput(
            Genesis.ChainId, new Height(Height + 1), time, Time, 1, proposer.Validator, [], [], raw));
        foreach ((StateKey key, byte[]? value) in outcome.Changes)
        {
            if (value is null) State.Delete(key.Store, key.Bytes);
            else State.Put(key.Store, key.Bytes, value);
        }
        Height++;
        Time = time;
        return outcome;
    }

    private void Settle()
    {
        for (int i = 0; i < BeaconBlocksMax && (BeaconRound.Load(State).IsWanted || Draws.AreRunning(State)); i++) Run(1);
    }

    private GenesisDocument MakeGenesis(SimScenario scenario)
    {
        List<GenesisProvider> providers = [];
        List<GenesisAccreditation> accreditations = [];
        foreach (SimActor actor in scenario.Actors)
        {
            if (actor.Role == Role.Provider)
            {
                providers.Add(new(
                    actor.Address, actor.Stake, actor.Region, [], [new ClassCapacity(ResourceClass.CpuMilli, actor.Units)], actor.Did, default));
            }
            else if (actor.Role is { } role)
            {
                accreditations.Add(new(actor.Address, Accreditations.RoleScope(role), Expires));
            }
            if (actor.Role != Role.Auditor) continue;
            accreditations.Add(new(actor.Address, Accreditations.SchemaScope((byte)AttestationSchema.Hardware), Expires));
        }
        List<GenesisSeat> seats = [];
        foreach (PrivateKey key in _keys)
        {
            providers.Add(new(key.PublicKey.Address, ValidatorStake, "eu", [], [new ClassCapacity(ResourceClass.CpuMilli, 1)], "", default));
            seats.Add(new(key.PublicKey.Address, key.PublicKey, key.PublicKey));
        }
        return new GenesisDocument(
            Start, "sim-1", 1, 1, scenario.Parameters,
            [.. _keys.Select((key, i) => new GenesisValidator(key.PublicKey, 10, $"validator-{i}"))], null,
            [.. scenario.Actors.Select(actor => new GenesisAccount(actor.Address, actor.Credits + (actor.Role == Role.Provider ? 0 : actor.Stake)))],
            providers, seats, accreditations, []);
    }
}
