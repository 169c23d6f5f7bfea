using System;
using System.Collections.Generic;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Proof.Logs;
using Chain.StateMachine.Proof.Probes;
using Chain.StateMachine.Proof.Storage;
using Chain.StateMachine.Proof.Tasks;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Justice;

/// <summary>The wire form of the kinds of auctions, justice and proofs.</summary>
public sealed class MessageTests
{
    private static readonly SignedStatement Statement = new(StatementKind.Probe, HashOf(1), 7, HashOf(2), default);

    [Fact]
    public void Messages_read_to_what_was_written()
    {
        List<Message> messages =
        [
            new OpenOrder(Terms() with { Mode = AuctionMode.SealedSecond, RegionMax = 3 }),
            new SealBid(1, HashOf(1), 2, 3),
            new RevealBid(1, 2, HashOf(3)),
            new OpenDispute(CaseTarget.Attestation, HashOf(1), 2, HashOf(3), 4),
            new AnswerDispute(1, AnswerAction.Contest, HashOf(2), 3),
            new AnswerDispute(1, AnswerAction.Settle, default, 3),
            new AnswerDispute(1, AnswerAction.Concede, default, 0),
            new VoteDispute(1, 2, VoteAction.Commit, HashOf(3), 0),
            new VoteDispute(1, 2, VoteAction.Reveal, HashOf(3), 10_000),
            new CommitReport(HashOf(1)),
            new ReportFault(PublicKey.From(new byte[32]), Role.Auditor, Statement, Statement with { Epoch = 8 }, HashOf(3)),
            new NameData(1, HashOf(2), 3),
            new ProveData(1, [new StorageProof([1, 2], [HashOf(1), HashOf(2)]), new StorageProof([], [])]),
            new AnchorLog(1, 2, HashOf(3)),
            new SubmitProbes(1, HashOf(2), []),
            new SubmitProbes(1, HashOf(2), [new(1, 2, 3), new(300, 0, 1)]),
            new OpenTask(HashOf(1), 2, 3, 4),
            new SubmitResult(1, ResultStep.Enrol, default),
            new SubmitResult(1, ResultStep.Reveal, HashOf(2)),
        ];
        foreach (Message message in messages)
        {
            byte[] bytes = Bytes(message);
            MessagePackReader reader = new(bytes);
            Message? read = KindTable.Read(ref reader);
            Assert.True(reader.TryFinish(out DecodeError error), $"{message.Kind} {message.Version}: {error}");
            Assert.Equal(bytes, Bytes(read!));
            for (int length = 0; length < bytes.Length; length++)
            {
                MessagePackReader cut = new(bytes.AsSpan(0, length));
                KindTable.Read(ref cut);
                Assert.False(cut.TryFinish(out _));
            }
        }
    }

    [Fact]
    public void Messages_out_of_order_or_range_are_refused_when_read()
    {
        OrderTerms terms = Terms();
        Unreadable(new OpenOrder(terms with { Mode = (AuctionMode)4 }));
        Unreadable(new OpenOrder(terms with { Needs = terms.Needs with { ReputationMinBps = 10_001 } }));
        Unreadable(new OpenOrder(terms with { Needs = terms.Needs with { TierMin = 5 } }));
        Unreadable(new OpenOrder(terms with { Needs = terms.Needs with { Allowed = [ProviderB, ProviderA] } }));
        Unreadable(new OpenOrder(terms with { Needs = terms.Needs with { Denied = [ProviderA, ProviderA] } }));
        Unreadable(new OpenDispute(0, HashOf(1), 2, HashOf(3), 4));
        Unreadable(new OpenDispute((CaseTarget)5, HashOf(1), 2, HashOf(3), 4));
        Unreadable(new AnswerDispute(1, (AnswerAction)5, default, 0));
        Unreadable(new AnswerDispute(1, AnswerAction.Concede, default, 1));
        Unreadable(new AnswerDispute(1, AnswerAction.Settle, HashOf(1), 1));
        Unreadable(new VoteDispute(1, 0, (VoteAction)3, HashOf(1), 0));
        Unreadable(new VoteDispute(1, 0, VoteAction.Commit, HashOf(1), 1));
        Unreadable(new ReportFault(PublicKey.From(new byte[32]), 0, Statement, Statement, HashOf(3)));
        Unreadable(new ReportFault(PublicKey.From(new byte[32]), Role.Juror, Statement with { Kind = 0 }, Statement, HashOf(3)));
        Unreadable(new SubmitProbes(1, HashOf(2), [new(2, 1, 1), new(1, 1, 1)]));
        Unreadable(new SubmitProbes(1, HashOf(2), [new(1, 0, 0)]));
        Unreadable(new SubmitProbes(1, HashOf(2), [new(1, 2, 1)]));
        Unreadable(new SubmitResult(1, ResultStep.Enrol, HashOf(1)));
        Unreadable(new SubmitResult(1, ResultStep.Commit, default));
        Unreadable(new SubmitResult(1, (ResultStep)4, HashOf(1)));
    }

    private static void Unreadable(Message message)
    {
        MessagePackReader reader = new(Bytes(message));
        KindTable.Read(ref reader);
        Assert.False(reader.TryFinish(out _));
    }

    private static byte[] Bytes(Message message)
    {
        MessagePackWriter writer = new();
        KindTable.Write(ref writer, message);
        return writer.ToArray();
    }
}
