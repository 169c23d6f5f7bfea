using System;
using System.Collections.Generic;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Governance;
using Chain.StateMachine.Governance.Contents;
using Chain.StateMachine.Governance.Messages;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Tests.Governance;

/// <summary>Four validators of equal power, three guardians, and as many members of a panel as asked for.</summary>
internal sealed class GovernanceWorld
{
    public const ulong Credit = TestGenesis.Credit;
    public const ulong Deposit = 10 * Credit;
    public const ulong Voting = 20;
    public const ulong Panel = 10;

    /// <summary>Time lock of parameters, spending and accreditations.</summary>
    public const ulong Lock = 20;

    public static readonly string[] Validators = ["provider", "provider-1", "provider-2", "provider-3"];
    public static readonly string[] Guardians = ["erin", "frank", "grace"];
    public static readonly string[] PanelMembers = ["heidi", "ivan", "judy"];

    private static readonly Chain.Primitives.Blocks.Timestamp Expires = new(2_082_758_400, 0);

    public GovernanceWorld(int panel = 0, Parameters? parameters = null)
    {
        GenesisDocument document = TestGenesis.Document(validators: 4);
        List<GenesisAccreditation> members = [.. document.Accreditations];
        foreach (string name in Guardians) members.Add(new(TestKeys.AddressOf(name), Accreditations.ScopeGuardian, Expires));
        foreach (string name in PanelMembers.AsSpan(0, panel))
        {
            members.Add(new(TestKeys.AddressOf(name), Accreditations.ScopePanel, Expires));
        }
        Chain = new TestChain(document with
        {
            Accreditations = members,
            Parameters = parameters ?? Parameters.Devnet.With(ParameterId.PruneSeconds, 50),
        });
    }

    public TestChain Chain { get; }

    public MarketTime Now => MarketClock.At(Chain.State, Chain.Time);

    public Parameters Parameters => Parameters.Load(Chain.State);

    /// <summary>Events of the last block, its own and its transactions'.</summary>
    public List<Event> LastEvents { get; private set; } = [];

    public ResultCode Send(string sender, params Message[] messages)
    {
        BlockOutcome outcome = Chain.Run(1000, Chain.Sign(sender, messages));
        LastEvents = [.. outcome.BlockEvents, .. outcome.Results[0].Events];
        Assert.True(Chain.HeldInAll() == 0);
        return outcome.Results[0].Code;
    }

    public ResultCode Propose(ProposalContent content, ulong deposit = Deposit, string sender = "alice") =>
        Send(sender, new Propose(content, deposit, default));

    public ResultCode Vote(string sender, ulong proposal, VoteChoice choice) =>
        Send(sender, new CastVote(VoteAction.Ballot, proposal, choice));

    public ResultCode Opinion(string sender, ulong proposal, VoteChoice choice) =>
        Send(sender, new CastVote(VoteAction.Opinion, proposal, choice));

    public ResultCode Delay(string sender, ulong proposal = 1) =>
        Send(sender, new CastVote(VoteAction.Delay, proposal, VoteChoice.Yes));

    /// <summary>Time passes in blocks of a second.</summary>
    public void Pass(ulong seconds)
    {
        LastEvents = [];
        for (ulong i = 0; i < seconds; i++) LastEvents.AddRange(Chain.Run(1000).BlockEvents);
        Assert.True(Chain.HeldInAll() == 0);
    }

    /// <summary>Empty blocks until the proposal's present state is over.</summary>
    public void PassState(ulong proposal = 1) => Pass(Read(proposal)!.Due.Seconds - Now.Seconds);

    public Proposal? Read(ulong proposal = 1) => ProposalStore.Read(Chain.State, proposal);

    /// <summary>Proposes, and has so many validators vote yes; the voting is over afterwards.</summary>
    public ProposalState Decide(ProposalContent content, int yes = 4, int no = 0, int abstain = 0)
    {
        Assert.Equal(ResultCode.Ok, Propose(content));
        ulong id = Counters.Last(Chain.State, CounterKind.Proposal);
        int voter = 0;
        for (int i = 0; i < yes; i++) Assert.Equal(ResultCode.Ok, Vote(Validators[voter++], id, VoteChoice.Yes));
        for (int i = 0; i < no; i++) Assert.Equal(ResultCode.Ok, Vote(Validators[voter++], id, VoteChoice.No));
        for (int i = 0; i < abstain; i++) Assert.Equal(ResultCode.Ok, Vote(Validators[voter++], id, VoteChoice.Abstain));
        PassState(id);
        return Read(id)!.State;
    }

    /// <summary>Has a proposal accepted, and waits until it is in force.</summary>
    public void Enact(ProposalContent content)
    {
        Assert.Equal(ProposalState.Queued, Decide(content));
        ulong id = Counters.Last(Chain.State, CounterKind.Proposal);
        PassState(id);
        Assert.Equal(ProposalState.Executed, Read(id)!.State);
    }

    public static ParameterChanges Set(ParameterId id, ulong value) => new([new ParameterValue(id, value)]);

    public bool Happened(string type) => LastEvents.Exists(happened => happened.Type == type);
}
