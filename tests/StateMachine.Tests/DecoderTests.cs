using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Core;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Governance.Upgrades;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Market.Amendments;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Prices;
using Chain.StateMachine.Market.Rebates;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Proof.Probes;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Proofs;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Snapshots;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Admission;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Tests.Governance;
using Chain.StateMachine.Tests.Justice;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Tests.Snapshots;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Audits;
using Chain.StateMachine.Trust.Reputation;
using Chain.StateMachine.Trust.Reviews;
using Chain.Tests.Shared;
using GovernanceProposal = Chain.StateMachine.Governance.Proposal;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests;

public sealed class DecoderTests
{
    private static readonly StakeBalance Stake = new(500, 300, [new(1, new(2)), new(3, new(400))]);

    internal static readonly DecoderSuite Suite = new(
        typeof(SignedTransaction).Assembly,
        DecoderCase.Canonical<SignedTransaction>(
            SignedTransaction.TryDecode,
            transaction => SignedTransaction.Create(transaction.Body, transaction.PublicKey, transaction.Signature).Bytes,
            [.. MessageSamples.Transactions().Select(transaction => transaction.Bytes)]),
        DecoderCase.Versioned<TransactionBody>(
            TransactionBody.TryDecode, body => body.Encode(), [.. MessageSamples.Transactions().Select(transaction => transaction.Body.Encode())]),
        DecoderCase.Versioned<TransactionBatch>(
            TransactionBatch.TryDecode, batch => batch.Encode(),
            new TransactionBatch([]).Encode(), new TransactionBatch([[1, 2], [], new byte[300]]).Encode()),
        DecoderCase.Versioned<TransactionBatchAnswer>(
            TransactionBatchAnswer.TryDecode, answer => answer.Encode(),
            new TransactionBatchAnswer([]).Encode(), new TransactionBatchAnswer([ResultCode.Ok, ResultCode.MempoolFull]).Encode()),
        DecoderCase.Versioned<Account>(
            Account.TryDecode, account => account.Encode(),
            Account.Empty.Encode(), new Account(9, TestKeys.PublicOf("a"), 7, [new(0, 5), new(3, 1), new(15, 300)]).Encode()),
        DecoderCase.Versioned<PoolBalances>(
            PoolBalances.TryDecode, pools => pools.Encode(), PoolBalances.Empty.Encode(), new PoolBalances(1, 200, 300_000, 4, ulong.MaxValue).Encode()),
        DecoderCase.Versioned<Parameters>(
            Parameters.TryDecode, parameters => parameters.Encode(), Parameters.Devnet.Encode(), Parameters.Default.Encode()),
        DecoderCase.Versioned<Provider>(Provider.TryDecode, provider => provider.Encode(), ProviderOf(3).Encode(), ProviderOf(0).Encode()),
        DecoderCase.Versioned<RoleHolder>(
            RoleHolder.TryDecode, holder => holder.Encode(), new RoleHolder(Role.Auditor, Issuer, Stake, "did:x:ü", new(5)).Encode()),
        DecoderCase.Versioned<Seat>(
            Seat.TryDecode, seat => seat.Encode(), new Seat(TestKeys.PublicOf("a"), ProviderA, TestKeys.PublicOf("b"), new(10)).Encode()),
        DecoderCase.Versioned<PastSeat>(PastSeat.TryDecode, seat => seat.Encode(), new PastSeat(ProviderA, TestKeys.PublicOf("b"), new(9), new(70_000)).Encode()),
        DecoderCase.Versioned<Order>(Order.TryDecode, order => order.Encode(), Orders()),
        DecoderCase.Versioned<Offer>(Offer.TryDecode, offer => offer.Encode(), new Offer(1, ProviderA, OfferOf(), new(2), new(3), 4).Encode()),
        DecoderCase.Versioned<Bid>(
            Bid.TryDecode, bid => bid.Encode(), new Bid(1, ProviderA, 2, 3, BidState.Lost, 4, 5, 6, new(7)).Encode()),
        DecoderCase.Versioned<Amendment>(
            Amendment.TryDecode, amendment => amendment.Encode(), new Amendment(1, ProviderA, new(new ResourceVector(2), 3, 4), new(5)).Encode()),
        DecoderCase.Versioned<RebateEpoch>(
            RebateEpoch.TryDecode, epoch => epoch.Encode(), RebateEpoch.None.Encode(), new RebateEpoch(300, true, 9, 8, ProviderA).Encode()),
        DecoderCase.Versioned<RebateEntry>(RebateEntry.TryDecode, entry => entry.Encode(), new RebateEntry(300, 2, 3).Encode()),
        DecoderCase.Versioned<PriceBook>(PriceBook.TryDecode, book => book.Encode(), new PriceBook(new(300), 1, 2, 3, 4).Encode()),
        DecoderCase.Versioned<RegistryTotals>(
            RegistryTotals.TryDecode, totals => totals.Encode(), new RegistryTotals(300, 2, [new(4, 3), default, new(2, 2), default]).Encode()),
        DecoderCase.Text<GpuKind>(GpuKind.TryParse, kind => kind.ToString(), "any", "nvidia/h100/80/sxm", "amd/any/24"),
        DecoderCase.Versioned<Lease>(Lease.TryDecode, lease => lease.Encode(), Leases()),
        DecoderCase.Versioned<Attestation>(
            Attestation.TryDecode, attestation => attestation.Encode(),
            new Attestation(HashOf(1), Issuer, MarketCodecTests.Claim, AttestationState.Valid, new(1), new(2), 3).Encode()),
        DecoderCase.Versioned<AttestationIndex>(
            AttestationIndex.TryDecode, index => index.Encode(),
            new AttestationIndex([new(HashOf(1), new(2), new(3)) { Issuer = Issuer, Tier = 4 }, new(HashOf(2), new(2), new(ulong.MaxValue))]).Encode()),
        DecoderCase.Versioned<Audit>(
            Audit.TryDecode, audit => audit.Encode(),
            new Audit(new ChallengeId(Issuer, ProviderA, AttestationSchema.Hardware), true, 300, new(70_000)).Encode()),
        DecoderCase.Versioned<ReportNotice>(
            ReportNotice.TryDecode, notice => notice.Encode(), new ReportNotice(Stranger, HashOf(1), new(2), new(70_000), 300).Encode()),
        DecoderCase.Versioned<AttestationChallenge>(
            AttestationChallenge.TryDecode, challenge => challenge.Encode(), new AttestationChallenge(300, HashOf(1), new(70_000)).Encode()),
        DecoderCase.Versioned<Review>(
            Review.TryDecode, review => review.Encode(),
            new Review(1, ReviewSide.Provider, ProviderA, Tenant, ReviewState.Published, new(1, 2, 3), HashOf(1), 4, new(5), new(6), HashOf(2)).Encode()),
        DecoderCase.Versioned<RatingTotals>(RatingTotals.TryDecode, totals => totals.Encode(), new RatingTotals(1, 2, 3, 4, 500).Encode()),
        DecoderCase.Versioned<AccessRequest>(
            AccessRequest.TryDecode, request => request.Encode(), new AccessRequest(ProviderA, new(2), 3).Encode()),
        DecoderCase.Versioned<SeatRequest>(
            SeatRequest.TryDecode, request => request.Encode(),
            new SeatRequest(TestKeys.PublicOf("a"), TestKeys.PublicOf("b"), new(300)).Encode()),
        DecoderCase.Versioned<MarketTime>(
            Accesses.TryDecode, expires => new MessagePackWriter().Array(2).UInt(1).UInt(expires.Seconds).ToArray(),
            new MessagePackWriter().Array(2).UInt(1).UInt(70_000).ToArray()),
        DecoderCase.Versioned<OpenAdmission>(
            OpenAdmission.TryDecode, open => open.Encode(),
            new OpenAdmission(AdmissionWorld.RevokeSeat("bob"), ProviderA, new(5), [ProviderA]).Encode()),
        DecoderCase.Versioned<Jail>(
            Jail.TryDecode, jail => jail.Encode(), new Jail(new(5), true, null).Encode(),
            new Jail(new(5), false, new Seat(TestKeys.PublicOf("a"), ProviderA, TestKeys.PublicOf("b"), new(10))).Encode()),
        DecoderCase.Versioned<RewardEpoch>(
            RewardEpoch.TryDecode, epoch => epoch.Encode(), new RewardEpoch(7, []).Encode(), new RewardEpoch(300, [ProviderA]).Encode()),
        DecoderCase.Versioned<Grant>(
            Grant.TryDecode, grant => grant.Encode(), new Grant(ProviderA, Issuer, MessageSamples.Spending, 3, 4, new(5)).Encode()),
        DecoderCase.Versioned<BeaconRound>(
            BeaconRound.TryDecode, round => round.Encode(), BeaconRound.First.Encode(),
            new BeaconRound(7, true, false, new(300), HashOf(1), [ProviderA]).Encode()),
        DecoderCase.Versioned<BeaconTip>(BeaconTip.TryDecode, tip => tip.Encode(), new BeaconTip(HashOf(1), 2, 300, new(4)).Encode()),
        DecoderCase.Versioned<BeaconValue>(BeaconValue.TryDecode, value => value.Encode(), new BeaconValue(HashOf(1), new(300)).Encode()),
        new DecoderCase
        {
            Name = "BeaconTransaction.TryDecode",
            Samples = [new BeaconTransaction(HashOf(1), HashOf(2)).Encode()],
            IsSelfDelimiting = true,
            Accepts = bytes =>
            {
                if (!BeaconTransaction.TryDecode(bytes, out BeaconTransaction opening)) return false;
                Assert.True(opening.Encode().AsSpan().SequenceEqual(bytes), "accepted, but encoded otherwise");
                return true;
            },
        },
        DecoderCase.Versioned<Case>(Case.TryDecode, found => found.Encode(), CaseSample()),
        DecoderCase.Versioned<ComputeTask>(
            ComputeTask.TryDecode, task => task.Encode(),
            new ComputeTask(
                1, Tenant, HashOf(1), 2, 3, 4, 5, TaskState.Commit, new(6), 1, 300, HashOf(2), [new(ProviderA, 1, HashOf(3), HashOf(4))])
            {
                IsAdaptive = true, CheckedOneIn = 300,
            }.Encode()),
        DecoderCase.Versioned<ulong>(WorkerStreak.TryDecode, WorkerStreak.Encode, WorkerStreak.Encode(300)),
        DecoderCase.Versioned<DataSet>(
            DataSet.TryDecode, set => set.Encode(), new DataSet(1, HashOf(1), 300, Tenant, DataSetState.Open, new(5), 6, HashOf(2), 1).Encode()),
        DecoderCase.Versioned<CapacityProofs>(
            CapacityProofs.TryDecode, proofs => proofs.Encode(),
            new CapacityProofs(
                ProviderA, CapacityState.Open, new(300), 7, HashOf(1),
                [new(ResourceClass.CpuMilli, 70, [ulong.MaxValue, 63], true, 300, 4), new(ResourceClass.Gpu, 0, [], false, 0, 0)]).Encode()),
        DecoderCase.Versioned<ProbeEpoch>(
            ProbeEpoch.TryDecode, epoch => epoch.Encode(), new ProbeEpoch(7, 10, 300, HashOf(1), 4, 3, [new(ProviderA, 5)]).Encode()),
        DecoderCase.Versioned<ProbeSheet>(ProbeSheet.TryDecode, sheet => sheet.Encode(), new ProbeSheet([new(ProviderA, 300, 400)]).Encode()),
        DecoderCase.Versioned<ReputationCounter>(
            ReputationCounter.TryDecode, counter => counter.Encode(), new ReputationCounter([new(1, 2, 3), new(300, 4, 500)]).Encode()),
        DecoderCase.Versioned<KindGates>(KindGates.TryDecode, gates => gates.Encode(), ContentTests.FullGates.Encode()),
        DecoderCase.Versioned<GovernanceProposal>(GovernanceProposal.TryDecode, proposal => proposal.Encode(), ContentTests.FullProposal.Encode()),
        DecoderCase.Versioned<UpgradePlan>(
            UpgradePlan.TryDecode, plan => plan.Encode(), new UpgradePlan(2, HashOf(1), new(300)).Encode()),
        DecoderCase.Versioned<DidDocument>(
            DidDocument.TryDecode, document => document.Encode(), new DidDocument(HashOf(1), 300).Encode()),
        DecoderCase.Text<GrantTarget>(GrantTarget.TryParse, target => target.ToString(), "any", "order:5", "lease:18446744073709551615"),
        DecoderCase.Versioned<SnapshotManifest>(
            SnapshotManifest.TryDecode, manifest => manifest.Encode(), [.. Snapshots().Select(made => made.Manifest.Encode())]),
        DecoderCase.Versioned<SnapshotChunk>(
            SnapshotChunk.TryDecode, chunk => chunk.Encode(), [.. Snapshots().SelectMany(made => made.Chunks).Select(chunk => chunk.Encode())]),
        DecoderCase.Text<Role>(RoleNames.TryParse, RoleNames.Of, "provider", "juror"),
        DecoderCase.Text<StoreId>(StoreNames.TryParse, StoreNames.NameOf, "market", "meta", "ibc"),
        DecoderCase.Text<byte>(ScopeNames.TryParse, ScopeNames.Of, "auditor", "schema:1", "schema:200"),
        DecoderCase.Text<AttestationSchema>(AttestationNames.TryParse, AttestationNames.Of, "hardware", "tee_quote", "hsm"),
        new DecoderCase
        {
            Name = "CommitmentProof.TryDecode",
            Covers = ["ProofCodec.TryDecode"],
            Samples = Proofs(),
            Accepts = bytes =>
            {
                if (!CommitmentProof.TryDecode(bytes, out CommitmentProof? proof)) return false;
                // Protobuf of others: several spellings, but ours of what was read reads as the same.
                byte[] ours = proof.Encode();
                Assert.True(CommitmentProof.TryDecode(ours, out CommitmentProof? again) && again.Encode().AsSpan().SequenceEqual(ours));
                return true;
            },
        },
        new DecoderCase
        {
            Name = "GenesisDocument.TryParse",
            Covers = ["GenesisParser.TryParse"],
            Samples = [SmallGenesis().ToJson(), (SmallGenesis() with { InitialHeight = 300 }).ToJson()],
            Accepts = bytes =>
            {
                if (!GenesisDocument.TryParse(bytes, out GenesisDocument document, out IReadOnlyList<GenesisError> errors))
                {
                    Assert.NotEmpty(errors);
                    return false;
                }
                byte[] ours = document.ToJson();
                Assert.True(GenesisDocument.TryParse(ours, out GenesisDocument again, out _) && again.ToJson().AsSpan().SequenceEqual(ours));
                if (document.StateFile is null) Assert.True(GenesisState.Build(document).Changes.Count > 0);
                return true;
            },
        });

    public static IEnumerable<TheoryDataRow<string>> Decoders => Suite.Rows;

    [Fact]
    public void Every_decoder_has_samples() => Suite.CoversEveryDecoder();

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Mutated_bytes_never_throw_and_what_is_accepted_is_canonical(string decoder) => Suite.Run(decoder);

    [Fact]
    public void Every_kind_of_message_has_a_sample()
    {
        IEnumerable<(MessageKind, byte)> sampled = MessageSamples.Transactions()
            .SelectMany(transaction => transaction.Body.Messages).Select(message => (message.Kind, message.Version));
        IEnumerable<(MessageKind Kind, byte Version)> known =
            from kind in Enumerable.Range(0, byte.MaxValue + 1)
            from version in Enumerable.Range(0, byte.MaxValue + 1)
            where KindTable.Find((MessageKind)kind, (byte)version) is not null
            select ((MessageKind)kind, (byte)version);
        Assert.Equal(known, sampled.Distinct().Order());
    }

    private static byte[] CaseSample()
    {
        JusticeWorld justice = new();
        return justice.CaseAt(justice.Contested()).Encode();
    }

    /// <summary>The i-th class from 1; the fourth are cards.</summary>
    internal static ClassCapacity CapacityAt(int i) => (ResourceClass)i == ResourceClass.Gpu
        ? ClassCapacity.OfGpu(H100, (ulong)i * 100)
        : new ClassCapacity((ResourceClass)i, (ulong)i * 100);

    internal static Provider ProviderOf(int parts) => new(
        ProviderA, ProviderStatus.Active, parts == 0 ? StakeBalance.None : Stake, "eu-central",
        [.. Enumerable.Range(1, parts).Select(i => new ProviderAttribute($"name-{i}", "value"))],
        [.. Enumerable.Range(1, parts).Select(i => CapacityAt(i))],
        "did:x", HashOf(9), 1, new(5), 300)
    {
        SnapshotDue = new MarketTime((ulong)parts),
        Snapshot = parts == 0 ? null : new CapacitySnapshot(7, HashOf(8)),
        Maintenance = parts == 0 ? [] : [new MaintenanceWindow(new(5), new(9), 10)],
    };

    private static byte[][] Orders()
    {
        Order order = new(
            1, Tenant, MarketCodecTests.FullTerms, OrderState.Matched, 1, 2, 3, 4, new(5), new(6), 7, [new(ProviderA, 9)], [ProviderB]);
        return [order.Encode(), (order with { Terms = Terms(), Bids = [], Ended = [] }).Encode()];
    }

    private static byte[][] Leases()
    {
        MarketWorld world = new();
        Lease lease = world.LeaseAt(world.StartedLease());
        return [lease.Encode(), (lease with { HasHiddenReview = true, Claimable = ulong.MaxValue, State = LeaseState.Closed }).Encode()];
    }

    private static IEnumerable<SnapshotSample> Snapshots()
    {
        using MemoryStore database = SmallState();
        return [SnapshotSample.Make(database, new Height(1), chunkBytes: 8), SnapshotSample.Make(database, new Height(1), chunkBytes: 1_000)];
    }

    private static byte[][] Proofs()
    {
        using MemoryStore database = SmallState();
        StateStore state = new(database);
        List<byte[]> proofs = [];
        foreach (byte key in (byte[])[1, 20, 99])
        {
            Assert.True(state.TryProve(StoreId.Market, [key], new Height(1), out StateProof? proof));
            proofs.AddRange(proof.Ops.Select(op => op.Data));
        }
        return [.. proofs];
    }

    private static MemoryStore SmallState()
    {
        MemoryStore database = new();
        StateStore state = new(database);
        StateOverlay overlay = new(state);
        for (byte i = 1; i <= 20; i++) overlay.Put(StoreId.Market, [i], [i]);
        WriteBatch batch = new();
        state.Prepare(new Height(1), overlay.Changes, batch);
        database.Write(batch, sync: false);
        return database;
    }

    private static GenesisDocument SmallGenesis()
    {
        GenesisDocument document = TestGenesis.Document();
        return document with { Accounts = [document.Accounts[0], document.Accounts[^1]], Accreditations = [document.Accreditations[0]] };
    }
}
