using System;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions.Keys;

namespace Chain.StateMachine.Tests.Life;

/// <summary>Turns numbers into the life of a chain: messages of every kind, evidence, time and outages.</summary>
internal static class LifeScript
{
    /// <summary>What may happen, and how often; more of what leads somewhere.</summary>
    private static readonly (int Weight, Func<LifeWorld, Dice, Deed?> Act)[] Acts =
    [
        (3, AccountActs.Transfer), (2, AccountActs.Grant), (3, AccountActs.UseGrant), (2, AccountActs.Keys), (3, AccountActs.Register),
        (4, AccountActs.Update), (4, AccountActs.Stake), (2, AccountActs.Access), (2, AccountActs.Seat), (4, AccountActs.Admit),
        (9, MarketActs.OpenOrder), (3, MarketActs.TakeOffer), (3, MarketActs.PostOffer), (1, MarketActs.WithdrawOffer),
        (1, MarketActs.CancelOrder), (16, MarketActs.Bid), (12, MarketActs.Reveal), (1, MarketActs.WithdrawBid), (9, MarketActs.Accept),
        (20, MarketActs.Start), (4, MarketActs.Amend), (5, MarketActs.Close), (5, MarketActs.Deposit), (4, MarketActs.Withdraw),
        (4, MarketActs.Settle), (7, ProofActs.NameData), (7, ProofActs.ProveData), (2, ProofActs.AnchorLog), (3, ProofActs.OpenTask),
        (16, ProofActs.WorkOnTask), (7, ProofActs.Attest), (2, ProofActs.AskAudit), (3, ProofActs.Revoke), (12, ProofActs.Probe), (7, ProofActs.Review),
        (6, JusticeActs.Dispute), (9, JusticeActs.Answer), (22, JusticeActs.Vote), (2, JusticeActs.Announce), (2, JusticeActs.Report),
        (5, GovernanceActs.Propose), (2, GovernanceActs.AddDeposit), (14, GovernanceActs.Vote), (2, GovernanceActs.AskBreaker),
    ];

    /// <summary>What somebody is waiting for, and what becomes nothing when nobody does it in time.</summary>
    private static readonly Func<LifeWorld, Dice, Deed?>[] Pressing =
        [MarketActs.StartPending, MarketActs.RevealInTime, MarketActs.AcceptOpen, ProofActs.ProveInTime, ProofActs.WorkOnTask, JusticeActs.Vote, ProofActs.Probe,
            JusticeActs.DisputeInTime, JusticeActs.AnswerInTime, JusticeActs.Vote, GovernanceActs.VoteInTime];

    private static readonly Func<LifeWorld, Dice, Deed?>[] ByWeight = Spread();

    /// <summary>One step; a deed that fits nothing that there is lets a moment pass instead.</summary>
    public static void Play(LifeWorld world, int step)
    {
        Dice dice = new(step);
        uint place = dice.Next(100);
        if (place == 0 && dice.OneIn(3))
        {
            world.Equivocate(dice.Of(LifeWorld.Keys[1..]), 1 + dice.Next(3));
            return;
        }
        if (place < 10)
        {
            world.Pass(TimeOf(dice));
            return;
        }
        if ((place < 50 ? Press(world, dice) : ByWeight[dice.Next((uint)ByWeight.Length)](world, dice)) is not { } deed)
        {
            world.Pass(300);
            return;
        }
        ResultCode code = world.Send(deed);
        if (code == ResultCode.Ok && deed.Message is RotateKey rotation) Remember(world, deed.Sender, rotation);
    }

    /// <summary>The first of the pressing things that anybody waits for, from a random one on: windows are a dozen steps long.</summary>
    private static Deed? Press(LifeWorld world, Dice dice)
    {
        uint from = dice.Next((uint)Pressing.Length);
        for (uint i = 0; i < Pressing.Length; i++)
        {
            if (Pressing[(from + i) % Pressing.Length](world, dice) is { } deed) return deed;
        }
        return null;
    }

    /// <summary>Mostly seconds, sometimes as much as the clock counts, seldom an outage beyond it.</summary>
    private static long TimeOf(Dice dice)
    {
        if (dice.OneIn(40)) return 61_000 + (1000L * dice.Next(100_000));
        return 1000L * (dice.OneIn(8) ? dice.Next(61) : 1 + dice.Next(4));
    }

    private static void Remember(LifeWorld world, string name, RotateKey rotation)
    {
        foreach (string suffix in (string[])["-key-0", "-key-1", "-key-2", "-key-3", "-key-4"])
        {
            PublicKey key = TestKeys.PublicOf(name + suffix);
            if (key == rotation.NewKey) world.UseKey(name, name + suffix);
        }
    }

    private static Func<LifeWorld, Dice, Deed?>[] Spread()
    {
        int count = 0;
        foreach ((int weight, _) in Acts) count += weight;
        Func<LifeWorld, Dice, Deed?>[] spread = new Func<LifeWorld, Dice, Deed?>[count];
        foreach ((int weight, Func<LifeWorld, Dice, Deed?> act) in Acts)
        {
            for (int i = 0; i < weight; i++) spread[--count] = act;
        }
        return spread;
    }
}
