using System;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;
using Chain.StateMachine.Tests.Admission;
using Chain.StateMachine.Tests.Execution;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Justice;

/// <summary>What validators answer for by messages: double votes that somebody hands in, and contradictions as providers.</summary>
public sealed class DoubleVoteTests
{
    private static readonly Address Behind = TestKeys.AddressOf("provider-1");
    private static readonly Address Offender = TestKeys.AddressOf("validator-1");

    private readonly TestChain _chain = new(TestGenesis.Document(validators: 3));

    [Fact]
    public void A25_double_vote_in_a_message_is_punished_as_in_a_block_and_never_twice()
    {
        ReportDoubleVote report = Report(1);
        Announce("alice", report.Matter, report.Salt);
        ulong balance = _chain.Balance("alice");
        TransactionOutcome outcome = _chain.RunOne("alice", report);
        Assert.Equal(ResultCode.Ok, outcome.Code);
        // 5 % of 1,000 credits; a tenth of it to the reporter.
        Assert.Equal((950 * Credit, ProviderStatus.Jailed), (ProviderAt().Bonded, ProviderAt().Status));
        ulong earned = (5 * Credit) + Parameters.Devnet.StorageDeposit;
        Assert.InRange(_chain.Balance("alice"), balance + earned - TestChain.FeeMax, balance + earned);
        Assert.Null(Seats.Load(_chain.State, Offender));
        Assert.Equal(0, _chain.HeldInAll());

        BlockOutcome again = _chain.RunWith(Equivocation.By("validator-1", 1));
        Assert.Equal("EvidenceIgnored", again.BlockEvents[0].Type);
        Announce("bob", report.Matter, report.Salt);
        Assert.Equal(ResultCode.DoubleJeopardy, _chain.RunOne("bob", report).Code);
        Assert.Equal(950 * Credit, ProviderAt().Bonded);
    }

    [Fact]
    public void Double_vote_that_a_block_punished_is_not_punished_by_a_message()
    {
        ReportDoubleVote report = Report(1);
        Announce("alice", report.Matter, report.Salt);
        _chain.RunWith(Equivocation.By("validator-1", 1));
        Assert.Equal(ResultCode.DoubleJeopardy, _chain.RunOne("alice", report).Code);
        Assert.Equal(950 * Credit, ProviderAt().Bonded);
    }

    [Fact]
    public void Report_that_breaks_a_rule_is_refused_with_its_code()
    {
        ReportDoubleVote good = Report(1);
        Assert.Equal(ResultCode.BadCommit, _chain.RunOne("alice", good).Code);
        _chain.RunOne("alice", new CommitReport(CommitReport.Of("devnet-1", TestKeys.AddressOf("alice"), good.Matter, good.Salt)));
        Assert.Equal(ResultCode.TooEarly, _chain.RunOne("alice", good).Code);
        _chain.Pass(2);
        Assert.Equal(ResultCode.BadProof, _chain.RunOne("alice", good with { VoteA = good.VoteB, VoteB = good.VoteA }).Code);
        Assert.Equal(ResultCode.BadProof, _chain.RunOne("alice", good with { VoteB = good.VoteA }).Code);
        Assert.Equal(ResultCode.BadProof, _chain.RunOne("alice", good with { VoteB = good.VoteB with { Round = new Round(1) } }).Code);
        Assert.Equal(ResultCode.BadProof, _chain.RunOne("alice", good with { VoteB = good.VoteB with { Type = VoteType.Prevote } }).Code);
        Assert.Equal(ResultCode.BadProof, _chain.RunOne("alice", good with { VoteB = good.VoteB with { Signature = good.VoteA.Signature } }).Code);
        ReportDoubleVote future = Report(1000);
        Announce("alice", future.Matter, future.Salt);
        Assert.Equal(ResultCode.TooEarly, _chain.RunOne("alice", future).Code);
        ReportDoubleVote unknown = Report(1, "erin");
        Announce("alice", unknown.Matter, unknown.Salt);
        Assert.Equal(ResultCode.NotFound, _chain.RunOne("alice", unknown).Code);
        Announce("provider-1", good.Matter, good.Salt);
        Assert.Equal(ResultCode.SelfDeal, _chain.RunOne("provider-1", good).Code);
        Set(ParameterId.EvidenceBlocksMax, 1);
        Assert.Equal(ResultCode.TooLate, _chain.RunOne("alice", good).Code);
        Assert.Equal(1000 * Credit, ProviderAt().Bonded);
    }

    [Fact]
    public void Contradiction_of_a_validator_ends_its_seat_until_it_leaves_jail()
    {
        using PrivateKey key = TestKeys.Of("provider-1");
        ReportFault report = new(key.PublicKey, Role.Provider, Sign(key, HashOf(1)), Sign(key, HashOf(2)), HashOf(50));
        Announce("alice", report.Matter, report.Salt);
        BlockOutcome outcome = _chain.Run(1000, _chain.Sign("alice", [report]));
        Assert.Equal(ResultCode.Ok, outcome.Results[0].Code);
        Assert.Equal(ProviderStatus.Jailed, ProviderAt().Status);
        Assert.Null(Seats.Load(_chain.State, Offender));
        Assert.Equal([new ValidatorUpdate(TestKeys.PublicOf("validator-1"), 0)], outcome.ValidatorUpdates);
        Assert.Equal(Offender, Jails.Load(_chain.State, Behind)!.Seat!.ConsensusAddress);
    }

    [Fact]
    public void A24_reports_of_one_epoch_take_no_more_than_the_cap()
    {
        using PrivateKey key = TestKeys.Of("provider-1");
        Set(ParameterId.EpochSeconds, 1_000_000_000);
        Set(ParameterId.SlashEpochCapBps, 800);
        for (byte i = 0; i < 3; i++)
        {
            SignedStatement first = Sign(key, HashOf(1), i);
            ReportFault report = new(key.PublicKey, Role.Provider, first, Sign(key, HashOf(2), i), HashOf(50));
            Announce("alice", report.Matter, report.Salt);
            Assert.Equal(ResultCode.Ok, _chain.RunOne("alice", report).Code);
        }
        // 5 % of 1,000, then what is left of 8 %, then nothing.
        Assert.Equal(920 * Credit, ProviderAt().Bonded);
    }

    private Provider ProviderAt() => Providers.Load(_chain.State, Behind)!;

    private void Set(ParameterId id, ulong value)
    {
        StateOverlay state = new(_chain.State);
        Parameters.Store(state, Parameters.Load(_chain.State).With(id, value));
        _chain.State.Apply(state.Changes);
    }

    private void Announce(string reporter, Hash256 matter, Hash256 salt)
    {
        CommitReport commit = new(CommitReport.Of("devnet-1", TestKeys.AddressOf(reporter), matter, salt));
        Assert.Equal(ResultCode.Ok, _chain.RunOne(reporter, commit).Code);
        _chain.Pass(2);
    }

    private static ReportDoubleVote Report(long height, string validator = "validator-1")
    {
        DuplicateVoteEvidence evidence = Equivocation.By(validator, height);
        using PrivateKey key = TestKeys.Of(validator);
        // Nil comes last in the order of block ids.
        Vote[] votes = [evidence.VoteA, evidence.VoteB];
        Array.Sort(votes, (a, b) => a.BlockId.CompareTo(b.BlockId));
        return new ReportDoubleVote(key.PublicKey, Sign(key, votes[0]), Sign(key, votes[1]), HashOf(50));
    }

    private static Vote Sign(PrivateKey key, Vote vote) => vote with { Signature = key.Sign(vote.SignBytes("devnet-1")) };

    private static SignedStatement Sign(PrivateKey key, Hash256 data, ulong epoch = 7)
    {
        SignedStatement statement = new(StatementKind.LogRoot, HashOf(7), epoch, data, default);
        return statement with { Signature = key.Sign(statement.SignBytes("devnet-1")) };
    }
}
