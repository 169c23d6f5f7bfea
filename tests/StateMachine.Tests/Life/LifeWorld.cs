using System;
using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Probes;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Admission;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Register;
using Chain.StateMachine.Trust.Attestations;

namespace Chain.StateMachine.Tests.Life;

/// <summary>
/// A chain with everybody on it: four validators that keep the beacon going, tenants, jurors, probers, guardians, a panel, an
/// auditor. Each transaction has a block of its own, made and executed as a node would.
/// </summary>
internal sealed class LifeWorld
{
    public const ulong Credit = TestGenesis.Credit;

    /// <summary>What a block with a transaction takes: several fit into the shortest window.</summary>
    private const long StepMs = 250;

    public static readonly string[] ProviderActors = ["provider", "provider-1", "provider-2", "provider-3"];
    public static readonly string[] Tenants = ["alice", "bob"];
    public static readonly string[] Newcomers = ["carol", "dave"];
    public static readonly string[] Guardians = ["erin", "frank", "grace"];
    public static readonly string[] Jurors = ["juror-0", "juror-1", "juror-2", "juror-3", "juror-4", "juror-5", "juror-6", "juror-7"];
    public static readonly string[] Probers = ["prober-0", "prober-1", "prober-2", "prober-3"];
    public static readonly string[] Keys = ["validator", "validator-1", "validator-2", "validator-3"];
    public const string Member = "heidi";
    public const string Issuer = "auditor";
    public const string SecondIssuer = "judy";

    private static readonly Timestamp Expires = new(2_082_758_400, 0);
    private static readonly SortedDictionary<Address, string> Names = NameAll();
    private static readonly SortedDictionary<Address, Hash256[]> Links = LinkAll();
    private static readonly LifeWorld Begun = Begin();

    private readonly SortedDictionary<string, string> _keyNames = new(StringComparer.Ordinal);
    private int _turn;

    /// <summary>Goes on from where everybody has registered.</summary>
    public LifeWorld() : this(new TestChain(Begun.Chain)) => _turn = Begun._turn;

    private LifeWorld(TestChain chain) => Chain = chain;

    public TestChain Chain { get; }

    public MarketTime Now => MarketClock.At(Chain.State, Chain.Time);

    public Parameters Parameters => Parameters.Load(Chain.State);

    /// <summary>Every block so far, for playing them again.</summary>
    public List<BlockInput> Blocks { get; } = [];

    /// <summary>Every event so far, block by block.</summary>
    public List<Event> Events { get; } = [];

    public BlockOutcome Last { get; private set; } = null!;

    /// <summary>The state before the last block.</summary>
    public StateOverlay Before { get; private set; } = null!;

    /// <summary>The transaction of the last block, or null where it had none, and what became of it.</summary>
    public SignedTransaction? LastTransaction { get; private set; }

    public TransactionOutcome? LastResult => LastTransaction is null ? null : Last.Results[^1];

    /// <summary>What probers have committed to, since a reveal must say the same.</summary>
    public SortedDictionary<(ulong Epoch, string Prober), LeaseProbe[]> Probes { get; } = [];

    /// <summary>While true, proposers keep their part of the beacon to themselves.</summary>
    public bool IsBeaconSilent { get; set; }

    public static Address AddressOf(string name) => TestKeys.AddressOf(name);

    /// <summary>The name of somebody who may send.</summary>
    public static string NameOf(in Address address) => Names.TryGetValue(address, out string? name) ? name : "alice";

    /// <summary>Mostly one of the newest, so that scripts get somewhere.</summary>
    public ulong Newest(CounterKind kind, Dice dice)
    {
        ulong last = Counters.Last(Chain.State, kind);
        return last <= 3 ? Math.Max(1, last) : last - dice.Next(dice.OneIn(8) ? (uint)last : 3);
    }

    /// <summary>A chain at its beginning, to play the same blocks on.</summary>
    public static TestChain Beginning() => new(Begun.Chain);

    public ResultCode Send(Deed deed)
    {
        string keyName = _keyNames.TryGetValue(deed.Sender, out string? rotated) ? rotated : deed.Sender;
        SignedTransaction transaction = Chain.Sign(deed.Sender, [deed.Message], keyName: keyName, granter: deed.Granter);
        Run(StepMs, transaction);
        return LastResult!.Code;
    }

    /// <summary>The next block as it would be without the transaction that was sent last; nothing is kept of it.</summary>
    public BlockOutcome WithoutLast()
    {
        List<byte[]> rest = [.. Blocks[^1].Transactions];
        rest.RemoveAt(rest.Count - 1);
        return BlockExecutor.Execute(Before, Blocks[^1] with { Transactions = rest });
    }

    /// <summary>From now on somebody signs with another key.</summary>
    public void UseKey(string name, string keyName) => _keyNames[name] = keyName;

    public PublicKey KeyOf(string name) => Chain.Account(name).Key ?? TestKeys.PublicOf(name);

    public void Pass(long stepMs) => Run(stepMs, null);

    public void Equivocate(string validator, long height) =>
        Commit(Input(StepMs, null) with { Evidence = [Equivocation.By(validator, height)] }, null);

    private void Run(long stepMs, SignedTransaction? transaction) => Commit(Input(stepMs, transaction), transaction);

    private BlockInput Input(long stepMs, SignedTransaction? transaction)
    {
        Address proposer = Chain.Genesis.Validators[_turn++ % Keys.Length].PublicKey.Address;
        List<byte[]> transactions = [];
        if (!IsBeaconSilent && OpeningOf(proposer) is { } opening) transactions.Add(opening.Encode());
        if (transaction is not null) transactions.Add(transaction.Bytes);
        List<LastCommitFlag> signed = [];
        foreach (string key in Keys) signed.Add(new LastCommitFlag(TestKeys.AddressOf(key), BlockIdFlag.Commit));
        return Chain.Input(Chain.Time.AddMs(stepMs), transactions) with { Proposer = proposer, LastCommit = signed };
    }

    private void Commit(BlockInput input, SignedTransaction? transaction)
    {
        LastTransaction = transaction;
        SortedList<StateKey, byte[]?> replaced = [];
        Last = Chain.Commit(input, replaced);
        Before = new StateOverlay(Chain.State);
        foreach ((StateKey key, byte[]? value) in replaced)
        {
            if (value is null) Before.Delete(key.Store, key.Bytes);
            else Before.Put(key.Store, key.Bytes, value);
        }
        Blocks.Add(input);
        Events.AddRange(Last.BlockEvents);
        foreach (TransactionOutcome result in Last.Results) Events.AddRange(result.Events);
    }

    private BeaconTransaction? OpeningOf(in Address validator)
    {
        BeaconTip? tip = BeaconTips.Load(Chain.State, validator);
        return BeaconRules.NeedOf(Chain.State, validator) switch
        {
            BeaconNeed.Tip => new BeaconTransaction(default, Links[validator][^1]),
            BeaconNeed.Preimage => new BeaconTransaction(Links[validator][(int)(BeaconTip.Length - tip!.Used - 1)], default),
            BeaconNeed.Opening => new BeaconTransaction(default, default),
            _ => null,
        };
    }

    private static SortedDictionary<Address, string> NameAll()
    {
        SortedDictionary<Address, string> names = [];
        string[][] groups = [ProviderActors, Tenants, Newcomers, Guardians, Jurors, Probers, [Member, Issuer, SecondIssuer, "ivan"]];
        foreach (string[] group in groups)
        {
            foreach (string name in group) names[AddressOf(name)] = name;
        }
        return names;
    }

    private static SortedDictionary<Address, Hash256[]> LinkAll()
    {
        SortedDictionary<Address, Hash256[]> all = [];
        foreach (string key in Keys)
        {
            Hash256[] links = new Hash256[BeaconTip.Length + 1];
            links[0] = Sha256.Hash(AddressOf(key).Span);
            for (int i = 1; i < links.Length; i++) links[i] = Sha256.Hash(links[i - 1].Span);
            all[AddressOf(key)] = links;
        }
        return all;
    }

    private static LifeWorld Begin()
    {
        GenesisDocument document = TestGenesis.Document(validators: Keys.Length);
        List<GenesisAccount> accounts = [.. document.Accounts];
        List<GenesisAccreditation> members = [.. document.Accreditations, new(AddressOf(Member), Accreditations.ScopePanel, Expires),
            new(AddressOf(SecondIssuer), Accreditations.SchemaScope((byte)AttestationSchema.Hardware), Expires),
            new(AddressOf(SecondIssuer), Accreditations.RoleScope(Role.Auditor), Expires)];
        foreach (string name in (string[])[.. Jurors, .. Probers]) accounts.Add(new(AddressOf(name), 1000 * Credit));
        foreach (string name in Probers) members.Add(new(AddressOf(name), Accreditations.RoleScope(Role.Prober), Expires));
        foreach (string name in Guardians) members.Add(new(AddressOf(name), Accreditations.ScopeGuardian, Expires));
        LifeWorld world = new(new TestChain(document with
        {
            Accounts = accounts,
            Accreditations = members,
            // Records go within a life, and three bids are one too many.
            Parameters = Parameters.Devnet.With(ParameterId.PruneSeconds, 120).With(ParameterId.BidCap, 2),
        }));
        // Providers have a history: they may work on tasks alone.
        foreach (string name in ProviderActors)
        {
            world.Chain.State.Apply([new(new StateKey(StoreId.Market, WorkerStreak.Key(AddressOf(name))), WorkerStreak.Encode(TaskMath.StreakMin))]);
        }
        foreach (string name in Jurors) world.Register(name, Role.Juror);
        foreach (string name in Probers) world.Register(name, Role.Prober);
        foreach (string name in (string[])[Issuer, SecondIssuer]) world.Register(name, Role.Auditor, 100 * Credit);
        return world;
    }

    private void Register(string name, Role role, ulong stake = 20 * Credit) =>
        Assert.Equal(ResultCode.Ok, Send(new Deed(name, new Register(role, stake, "", default, [], "", [], 1))));
}
