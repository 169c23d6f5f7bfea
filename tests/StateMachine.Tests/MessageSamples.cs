using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts.Grants;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Governance.Gates;
using Chain.StateMachine.Governance.Messages;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Proof.Logs;
using Chain.StateMachine.Proof.Probes;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Admission;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Tests.Market;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Grants;
using Chain.StateMachine.Transactions.Keys;
using Chain.StateMachine.Transactions.Register;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Transfer;
using Chain.StateMachine.Transactions.Update;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Audits;
using JurorAction = Chain.StateMachine.Justice.Cases.VoteAction;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests;

/// <summary>A sample of every kind of message.</summary>
internal static class MessageSamples
{
    public static GrantTerms Spending =>
        new(KindMask.Of(MessageKind.Transfer, MessageKind.Order), 70_000, GrantTarget.Of(GrantTargetKind.Lease, 7), true, 1_700_000_000);

    /// <summary>Each message alone, since mutations of a long transaction seldom hit the right one, and some together.</summary>
    public static IEnumerable<SignedTransaction> Transactions()
    {
        List<Message> messages =
        [
            new Transfer(TestKeys.AddressOf("bob"), 300, HashOf(1)),
            new Stake(Role.Provider, StakeAction.Unbond, 5),
            new Register(Role.Provider, 70_000, "did:x", HashOf(1), DecoderTests.ProviderOf(2).Capacity, "über", DecoderTests.ProviderOf(2).Attributes, 1),
            new Update(StatusChange.Pause, "us", HashOf(2), DecoderTests.ProviderOf(2).Capacity),
            Update.Announce(new(5), new(9)),
            Update.Show(3, HashOf(2), DecoderTests.ProviderOf(4).Capacity),
            ChangeGrant.Set(Issuer, Spending),
            new RotateKey(1, TestKeys.PublicOf("b"), SignatureOf(1)),
            new SetDidDocument(HashOf(3)),
            new RequestAccess(AccessAction.Ask, TestKeys.PublicOf("b"), SignatureOf(2)),
            new RequestSeat(
                SeatAction.Ask, TestKeys.PublicOf("a"), SignatureOf(3), TestKeys.PublicOf("b"), SignatureOf(4), default),
            RequestSeat.Leave,
            AdmissionWorld.GrantSeat("bob"),
            Admit.GrantAccess(TestKeys.PublicOf("b"), new(300)),
            new Propose(new FlagChange(new KindFlag(MessageKind.Order, FlagMode.AllowList, [ProviderA])), 9, HashOf(4)),
            new Propose(new UpgradeChange(2, HashOf(1), new(300)), 9, HashOf(4)),
            new AddDeposit(1, 300),
            new CastVote(StateMachine.Governance.VoteAction.Ballot, 1, VoteChoice.Abstain),
            new AskBreaker(KindMask.Of(MessageKind.Transfer), 300),
            new SealBid(1, HashOf(1), 300, 4),
            new RevealBid(1, 300, HashOf(1)),
            new OpenDispute(CaseTarget.Lease, HashOf(1), 300, HashOf(2), 4),
            new AnswerDispute(1, AnswerAction.Contest, HashOf(1), 300),
            new VoteDispute(1, 2, JurorAction.Reveal, HashOf(1), 300),
            new CommitReport(HashOf(1)),
            new ReportFault(TestKeys.PublicOf("a"), Role.Prober, StatementOf(1), StatementOf(2), HashOf(3)),
            new NameData(1, HashOf(1), 300),
            new ProveData(1, [new StorageProof([1, 2, 3], [HashOf(1), HashOf(2)])]),
            new AnchorLog(1, 300, HashOf(1)),
            ProveCapacity.Enter,
            new ProveCapacity(ResourceClass.Gpu, 300, [new UnitProof([1, 300]), new UnitProof([2, ulong.MaxValue])]),
            new ReportDoubleVote(TestKeys.PublicOf("a"), Equivocation.By("a", 300).VoteA, Equivocation.By("a", 300).VoteB, HashOf(3)),
            new SubmitProbes(300, HashOf(1), [new LeaseProbe(1, 2, 3), new LeaseProbe(5, 300, 400)]),
            new AskChallenge(AttestationSchema.TeeQuote, ProviderA),
            new AskAudit(Issuer, AttestationSchema.Hardware, 300),
            new OpenTask(HashOf(1), 300, 4, 5) { IsAdaptive = true },
            new SubmitResult(1, ResultStep.Commit, HashOf(1)),
            .. MarketCodecTests.Messages(),
        ];
        foreach (Message message in messages) yield return Sign([message]);
        yield return Sign([messages[0]], ProviderA);
        yield return Sign([.. messages.Take(Primitives.Limits.MessagesPerTransactionMax)]);
    }

    private static SignedTransaction Sign(IReadOnlyList<Message> messages, Address? granter = null)
    {
        using PrivateKey key = TestKeys.Of("alice");
        TransactionBody body = new("devnet-1", key.PublicKey.Address, 3, 300, 5, 6, 1_700_000_000, messages, "für später");
        return SignedTransaction.Sign(body with { Granter = granter }, key);
    }

    private static SignedStatement StatementOf(byte seed) => new(StatementKind.Finding, HashOf(1), 300, HashOf(seed), SignatureOf(seed));

    private static Signature SignatureOf(byte seed) => Signature.From([.. HashOf(seed).Span, .. HashOf((byte)(seed + 100)).Span]);
}
