using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Market;
using static Chain.StateMachine.Tests.Market.MarketWorld;

namespace Chain.StateMachine.Tests.Justice;

/// <summary>A market with jurors and a beacon, and the steps of a case in short.</summary>
internal sealed class JusticeWorld
{
    public const ulong Bond = (100_000_000UL) + (3 * 50_000_000);
    public const ulong JurorStake = 20 * Credit;

    /// <summary>A fifth of the least stake.</summary>
    public const ulong AtStake = 2 * Credit;

    public JusticeWorld(int jurors = 30, Parameters? parameters = null)
    {
        World = new MarketWorld(parameters);
        for (byte i = 0; i < jurors; i++)
        {
            World.Mint(JurorAt(i), StartFunds);
            World.AddRole(Role.Juror, JurorAt(i), JurorStake);
        }
    }

    public MarketWorld World { get; }

    public static Address JurorAt(byte number) => AddressOf((byte)(100 + number));

    public Case CaseAt(ulong id) => CaseStore.Read(World.State, id)!;

    /// <summary>Everything that is due moves, whatever the cap on timed work is at present.</summary>
    public void MoveAllDue(Parameters parameters)
    {
        Parameters capped = World.Parameters;
        World.Parameters = parameters;
        World.Advance(0);
        World.Parameters = capped;
    }

    /// <summary>A lease of 4,000,000 a second that ran for 30 s: 117,600,000 are claimable, 240,000,000 are collateral.</summary>
    public ulong ServedLease()
    {
        ulong lease = World.StartedLease();
        World.Advance(30);
        return lease;
    }

    public ulong Open(ulong lease, ulong claim = 200_000_000)
    {
        World.Must(Tenant, OpenDispute.About(CaseTarget.Lease, lease, claim, HashOf(5), Bond));
        return Counters.Last(World.State, CounterKind.Case);
    }

    /// <summary>A case whose first jury sits.</summary>
    public ulong Contested(ulong claim = 200_000_000)
    {
        ulong id = Open(ServedLease(), claim);
        Contest(id);
        return id;
    }

    public void Contest(ulong id)
    {
        World.Must(ProviderA, new AnswerDispute(id, AnswerAction.Contest, HashOf(6), Bond));
        World.FinishRound();
    }

    public List<Address> Jury(ulong id)
    {
        Case found = CaseAt(id);
        List<Address> jury = [];
        foreach (CaseJuror juror in found.Jurors)
        {
            if (juror.Round == found.Round) jury.Add(juror.Address);
        }
        return jury;
    }

    public void Commit(ulong id, in Address juror, ulong award) => World.Must(juror, new VoteDispute(
        id, CaseAt(id).Round, VoteAction.Commit, CaseMath.Commit(ChainId, id, CaseAt(id).Round, juror, award, HashOf(9)), 0));

    public ResultCode Reveal(ulong id, in Address juror, ulong award) =>
        World.Send(juror, new VoteDispute(id, CaseAt(id).Round, VoteAction.Reveal, HashOf(9), award));

    /// <summary>The whole jury votes, in order; fewer votes than jurors leave the rest silent.</summary>
    public void Vote(ulong id, params ulong[] awards)
    {
        List<Address> jury = Jury(id);
        for (int i = 0; i < awards.Length; i++) Commit(id, jury[i], awards[i]);
        if (awards.Length < jury.Count) World.Advance(10);
        for (int i = 0; i < awards.Length; i++) Assert.Equal(ResultCode.Ok, Reveal(id, jury[i], awards[i]));
        if (awards.Length < jury.Count) World.Advance(10);
    }

    public StakeBalance StakeOf(in Address juror) => RoleHolders.Load(World.State, Role.Juror, juror)!.Stake;
}
