using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Governance.Messages;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Accounts.Grants;
using Chain.StateMachine.Tests.Admission;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Tests.Governance;
using Chain.StateMachine.Tests.Justice;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Transfer;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Reviews;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Codes;

/// <summary>For each code one way to get it from the production code. A new code needs a line here, a dead one has none.</summary>
public sealed class EveryCodeIsProducedTests
{
    /// <summary>Made by the node's pool; Node.Tests' TransactionPoolTests produces them.</summary>
    private static readonly ResultCode[] OfThePool = [ResultCode.MempoolFull, ResultCode.ReplacementUnderpriced];

    /// <summary>Kept for kinds that are being built: no rule of this version answers them. Shrink this list, never grow it.</summary>
    private static readonly ResultCode[] NotYet = [];

    private static readonly OrderTerms Wanted = Terms();

    private static readonly Transfer Pay = new(TestKeys.AddressOf("bob"), 1, default);

    private static readonly RequestAccess Unproven = new(
        AccessAction.Ask, TestKeys.PublicOf("alice-node"), Signature.From(new byte[Signature.Size]));

    private static readonly WriteReview Rate = new(1, ReviewAction.Rate, new Stars(5, 5, 5), HashOf(6));

    private static readonly SortedDictionary<ResultCode, Func<ResultCode>> Cases = new()
    {
        [ResultCode.Ok] = () => new MarketWorld().Send(Tenant, new OpenOrder(Wanted)),
        [ResultCode.NotCanonical] = () => Form([.. Signed().Bytes, 0]),
        [ResultCode.WrongChain] = () => Form(Signed().Bytes, "other-1"),
        [ResultCode.UnknownKind] = () => Form(WithUnknownKind()),
        [ResultCode.TooLarge] = () => Form(new byte[Primitives.Limits.TransactionBytesMax + 1]),
        [ResultCode.Duplicate] = () => Judged(Signed(), Signed()),
        [ResultCode.SequenceTooFar] = () => Slot(chain => chain.Sign("alice", [Pay], ahead: 17)),
        [ResultCode.BadSignature] = () => Judged(SignedTransaction.Create(Signed().Body, Signed().PublicKey, default)),
        [ResultCode.BadSequence] = () => Ran(chain => chain.Sign("alice", [Pay], ahead: 1)),
        [ResultCode.Expired] = () => TransactionCheck.ExpiryInBlock(Signed().Body with { ValidUntil = 0 }, TestGenesis.Time),
        [ResultCode.FeeTooLow] = () => Ran(chain => chain.Sign("alice", [Pay], feeMax: 1)),
        [ResultCode.WrongKey] = () => Ran(chain => chain.Sign("alice", [Pay], keyName: "bob")),
        [ResultCode.NotFound] = () => new MarketWorld().Send(ProviderA, BidOn(99)),
        [ResultCode.Exists] = () => AfterBid(world => world.Send(ProviderA, BidOn(1, rate: 1))),
        [ResultCode.NotOwner] = () => OnLease(world => world.Send(Stranger, new Withdraw(1, 1))),
        [ResultCode.SelfDeal] = () => OnOffer(world => world.Send(ProviderA, new TakeOffer(1, Wanted))),
        [ResultCode.LinkedIdentity] = () =>
        {
            MarketWorld world = new();
            foreach (Address address in (Address[])[Tenant, ProviderA])
            {
                Chain.StateMachine.Accounts.DidDocuments.Store(
                    world.State, address, new Chain.StateMachine.Accounts.DidDocument(HashOf(5), 0));
            }
            return world.Send(ProviderA, BidOn(world.OpenOrder()));
        },
        [ResultCode.BadState] = () => OnLease(world => world.Send(Tenant, Rate)),
        [ResultCode.TooEarly] = () => Ran(
            chain => chain.Sign("provider", [Stake(StakeAction.Unbond, 1), Stake(StakeAction.Claim, 0)])),
        [ResultCode.TooLate] = () => OnOrder(Wanted, world =>
        {
            world.Advance(Wanted.OpenSeconds);
            return world.Send(ProviderA, BidOn(1));
        }),
        [ResultCode.AlreadyDone] = () => OnLease(world =>
        {
            world.Must(ProviderA, new CloseLease(1, CloseReason.Done, CloseMode.Notice));
            return world.Send(ProviderA, new CloseLease(1, CloseReason.Done, CloseMode.Notice));
        }),
        [ResultCode.InsufficientFunds] = () => Ran(chain => chain.Sign("nobody", [Pay])),
        [ResultCode.BelowMinimum] = () => OnOrder(Wanted, world => world.Send(ProviderA, BidOn(1, rate: 0))),
        [ResultCode.OverMaximum] = () => OnOrder(Wanted, world => world.Send(ProviderA, BidOn(1, notice: ulong.MaxValue))),
        [ResultCode.StakeLocked] = () => OnOrder(Wanted, world =>
        {
            world.Parameters = world.Parameters.With(ParameterId.CollateralMin, MarketWorld.Stake + 1);
            return world.Send(ProviderA, BidOn(1));
        }),
        [ResultCode.Overflow] = () => OnOrder(Wanted, world => world.Send(ProviderA, BidOn(1) with { Deposit = ulong.MaxValue })),
        [ResultCode.Insolvent] = () => OnLease(world => world.Send(Tenant, new Withdraw(1, ulong.MaxValue))),
        [ResultCode.NoMatch] = () => OnOffer(world => world.Send(Tenant, new TakeOffer(1, Wanted with { NoticeSeconds = 21 }))),
        [ResultCode.AttributeMismatch] = () => BidWhere(Wanted.Needs with { Attributes = [new("arch", "arm64")] }),
        [ResultCode.RegionMismatch] = () => BidWhere(Wanted.Needs with { Regions = ["us"] }),
        [ResultCode.TierMismatch] = () => BidWhere(Wanted.Needs with { Schemas = [AttestationSchema.Hardware] }),
        [ResultCode.Capacity] = () => BidWhere(Wanted.Needs with { Resources = new ResourceVector(4001) }),
        [ResultCode.BidCap] = () => AfterBid(world =>
        {
            world.Parameters = world.Parameters.With(ParameterId.BidCap, 1);
            return world.Send(ProviderB, BidOn(1));
        }),
        [ResultCode.Price] = () => OnOrder(Wanted, world => world.Send(ProviderA, BidOn(1, RateMax + 1))),
        [ResultCode.BadSchema] = () => Attested(Issuer, (AttestationSchema)99),
        [ResultCode.NotAccredited] = () => Attested(Stranger),
        [ResultCode.StaleNonce] = () => Attested(Issuer, challenged: true),
        [ResultCode.Replay] = () => Attested(Issuer, times: 2),
        [ResultCode.NoGrant] = () => new GrantWorld().Act(GrantWorld.Pay(1)).Code,
        [ResultCode.BadProof] = () => new AdmissionWorld().Send("alice", Unproven),
        [ResultCode.BadCommit] = () => new MarketWorld().Send(Stranger, new CommitReport(default)),
        [ResultCode.NotDrawn] = () =>
        {
            MarketWorld world = new();
            world.Must(Stranger, new OpenTask(HashOf(1), Credit, 5, 2 * Credit));
            return world.Send(Tenant, new SubmitResult(1, ResultStep.Commit, HashOf(2)));
        },
        [ResultCode.DoubleJeopardy] = () =>
        {
            JusticeWorld justice = new();
            ulong lease = justice.ServedLease();
            ulong id = justice.Open(lease);
            justice.World.Must(ProviderA, new AnswerDispute(id, AnswerAction.Concede, default, 0));
            return justice.World.Send(Tenant, OpenDispute.About(CaseTarget.Lease, lease, 1, HashOf(5), JusticeWorld.Bond));
        },
        [ResultCode.Bond] = () =>
        {
            JusticeWorld justice = new();
            return justice.World.Send(
                Tenant, OpenDispute.About(CaseTarget.Lease, justice.ServedLease(), 200_000_000, HashOf(5), JusticeWorld.Bond - 1));
        },
        [ResultCode.KindDisabled] = () =>
        {
            GovernanceWorld world = new();
            world.Enact(new FlagChange(new KindFlag(MessageKind.Transfer, FlagMode.Off, [])));
            return world.Send("bob", Pay);
        },
        [ResultCode.ParameterBounds] = () => new GovernanceWorld().Propose(GovernanceWorld.Set(ParameterId.BidCap, ulong.MaxValue)),
        [ResultCode.TimeLock] = () =>
        {
            GovernanceWorld world = new();
            return world.Propose(new UpgradeChange(2, HashOf(1), world.Now + 1));
        },
        [ResultCode.NotGuardian] = () =>
            new GovernanceWorld().Send("bob", new AskBreaker(KindMask.Of(MessageKind.Transfer), 5)),
        [ResultCode.NotValidator] = () => new AdmissionWorld().Send("alice", AdmissionWorld.GrantSeat("bob")),
        [ResultCode.LastValidator] = () => new AdmissionWorld().Send("provider", RequestSeat.Leave),
        [ResultCode.KeyRetired] = () =>
        {
            AdmissionWorld world = new();
            world.Seat("alice", "provider");
            world.Must("alice", RequestSeat.Leave);
            return world.Send("alice", world.Ask("alice"));
        },
        [ResultCode.SeatsFull] = () => AdmitTests.GrantBeyondTheLargestSet(new AdmissionWorld()),
        [ResultCode.ProposalsFull] = () =>
        {
            AdmissionWorld world = new(validators: 2);
            for (byte i = 0; i < AdmissionLimits.ProposalsPerValidatorMax; i++)
            {
                world.Must("provider", Admit.GrantAccreditation(Issuer, Accreditations.SchemaScope((byte)(i + 1)), MarketTime.Never));
            }
            return world.Send("provider", Admit.RevokeSeat(TestKeys.AddressOf("provider-1")));
        },
        [ResultCode.NoCaseRight] = () => OnLease(world =>
        {
            world.Advance(10);
            world.Must(Tenant, new CloseLease(1, CloseReason.Done, CloseMode.Now));
            return world.Send(Stranger, Rate);
        }),
    };

    public static IEnumerable<TheoryDataRow<ResultCode>> Codes => Cases.Keys.Select(code => new TheoryDataRow<ResultCode>(code));

    [Theory]
    [MemberData(nameof(Codes))]
    public void Code_is_what_a_real_case_gets(ResultCode code) => Assert.Equal(code, Cases[code]());

    [Fact]
    public void Every_code_has_a_case() =>
        Assert.Equal(Enum.GetValues<ResultCode>().Order(), Cases.Keys.Concat(OfThePool).Concat(NotYet).Order());

    private static Stake Stake(StakeAction action, ulong amount) => new(Role.Provider, action, amount);

    private static SignedTransaction Signed() => new TestChain().Sign("alice", [Pay]);

    private static byte[] WithUnknownKind()
    {
        byte[] raw = Signed().Bytes;
        raw[raw.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x95, (byte)MessageKind.Transfer, 1]) + 1] = 99;
        return raw;
    }

    private static ResultCode Form(byte[] raw, string chainId = "devnet-1") =>
        TransactionCheck.Form(raw, chainId, Parameters.Devnet, out _, out _);

    private static ResultCode Judged(params SignedTransaction[] transactions)
    {
        TestChain chain = new();
        List<byte[]> raw = [.. transactions.Select(transaction => transaction.Bytes)];
        return BlockValidity.Check(chain.State, chain.Input(chain.Time.AddMs(1000), raw)).Transaction;
    }

    private static ResultCode Slot(Func<TestChain, SignedTransaction> sign)
    {
        TestChain chain = new();
        return TransactionCheck.Slot(chain.State, sign(chain), baseFee: 10, chain.Time, out _);
    }

    private static ResultCode Ran(Func<TestChain, SignedTransaction> sign)
    {
        TestChain chain = new();
        return chain.Run(1000, sign(chain)).Results[0].Code;
    }

    private static ResultCode OnOrder(OrderTerms terms, Func<MarketWorld, ResultCode> act)
    {
        MarketWorld world = new();
        Assert.Equal(1UL, world.OpenOrder(terms));
        return act(world);
    }

    private static ResultCode BidWhere(OrderNeeds needs) =>
        OnOrder(Wanted with { Needs = needs }, world => world.Send(ProviderA, BidOn(1)));

    private static ResultCode AfterBid(Func<MarketWorld, ResultCode> act) => OnOrder(Wanted, world =>
    {
        world.Must(ProviderA, BidOn(1));
        return act(world);
    });

    private static ResultCode OnOffer(Func<MarketWorld, ResultCode> act)
    {
        MarketWorld world = new();
        Assert.Equal(1UL, world.PostOffer());
        return act(world);
    }

    private static ResultCode OnLease(Func<MarketWorld, ResultCode> act)
    {
        MarketWorld world = new();
        Assert.Equal(1UL, world.StartedLease());
        return act(world);
    }

    private static ResultCode Attested(Address sender, AttestationSchema schema = AttestationSchema.Hardware, int times = 1, bool challenged = false)
    {
        MarketWorld world = new(Parameters.Devnet.With(ParameterId.AttestationNonceSchemas, challenged ? 1UL : 0));
        AttestationClaim claim = new(schema, ProviderA, default, HashOf(3), HashOf(4), world.Now, world.Now + 100);
        ResultCode code = ResultCode.Ok;
        for (int i = 0; i < times; i++) code = world.Send(sender, new Attest(claim, 100_000_000));
        return code;
    }
}
