using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using Chain.Cli.Terminal;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Core;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Market.Auctions;
using Chain.StateMachine.Market.Bids;
using Chain.StateMachine.Market.Leases;
using Chain.StateMachine.Market.Offers;
using Chain.StateMachine.Market.Orders;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Proof.Capacity;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Transfer;
using Chain.StateMachine.Trust.Attestations;
using Chain.StateMachine.Trust.Audits;
using Chain.StateMachine.Trust.Reviews;

namespace Chain.Cli.Sim;

/// <summary>Makes the message of one step. What a step leaves out is the chain's minimum, or the newest object of its sort.</summary>
internal static class SimMessages
{
    public static Message Of(
        string what, JsonElement step, SimActor by, SimChain chain, Func<JsonElement, string, SimActor> actorOf)
    {
        Parameters parameters = chain.Parameters;
        ulong order = Id(step, "order", CounterKind.Order);
        ulong lease = Id(step, "lease", CounterKind.Lease);
        ulong number = Id(step, "case", CounterKind.Case);
        ulong rate = SimScenario.Number(step, "rate", 1_000_000);
        ulong amount = SimScenario.Number(step, "amount", 0);
        Hash256 salt = HashOf($"{by.Name}-{order}");
        return what switch
        {
            "transfer" => new Transfer(actorOf(step, "to").Address, amount, default),
            "order" => new OpenOrder(Terms(step, rate, parameters)),
            "cancel" => new CancelOrder(order),
            "bid" => new PlaceBid(order, rate, parameters.BidDepositMin, parameters.NoticeSecondsMin),
            "unbid" => new WithdrawBid(order),
            "seal" => new SealBid(
                order, AuctionMath.Commit(chain.Genesis.ChainId, order, by.Address, rate, salt), parameters.BidDepositMin,
                parameters.NoticeSecondsMin),
            "reveal" => new RevealBid(order, rate, salt),
            "accept" => new AcceptBid(order, step.TryGetProperty("from", out _) ? actorOf(step, "from").Address : default),
            "close" => new CloseLease(lease, CloseReason.Done, Choice(step, "mode", CloseMode.Now)),
            "deposit" => new Deposit(DepositTarget.Lease, lease, amount),
            "withdraw" => new Withdraw(lease, amount),
            "settle" => new SettleLeases([lease]),
            "review" => new WriteReview(lease, ReviewAction.Rate, StarsOf(step), HashOf("text")),
            "stake" => new Stake(Choice(step, "role", Role.Provider), Choice(step, "action", StakeAction.Bond), amount),
            "dispute" => OpenDispute.About(
                Choice(step, "about", CaseTarget.Lease), lease, SimScenario.Number(step, "claim", 0), HashOf("evidence"),
                (ulong)CaseMath.Bond(SimScenario.Number(step, "claim", 0), parameters)),
            "answer" => Answer(step, number, chain),
            "enter" => ProveCapacity.Enter,
            "attest" => Attestation(step, by, chain, actorOf(step, "about")),
            "audit" => new AskAudit(
                actorOf(step, "of").Address, Choice(step, "schema", AttestationSchema.Hardware),
                SimScenario.Number(step, "fee", parameters.AuditFeeMin)),
            "post" => ChangeOffer.Post(
                new OfferTerms(
                    new ResourceVector(SimScenario.Number(step, "units", 1000)), rate, SimScenario.Number(step, "min_term", 0),
                    parameters.NoticeSecondsMin, parameters.BidDepositMin) { CurveBps = SimScenario.Number(step, "curve_bps", 0) },
                SimScenario.Number(step, "open", 600)),
            "take" => new TakeOffer(Id(step, "offer", CounterKind.Offer), Terms(step, rate, parameters)),
            _ => throw SimScenario.Bad("do", $"'{what}' is nothing that anybody does"),
        };

        ulong Id(JsonElement element, string name, CounterKind kind) =>
            SimScenario.Number(element, name, Counters.Last(chain.State, kind));
    }

    public static Hash256 HashOf(string text) => Sha256.Hash(Encoding.UTF8.GetBytes(text));

    private static OrderTerms Terms(JsonElement step, ulong rate, Parameters parameters) => new(
        HashOf("spec"), HashOf("manifest"),
        new OrderNeeds(
            new ResourceVector(SimScenario.Number(step, "units", 1000)),
            step.TryGetProperty("regions", out JsonElement regions)
                ? [.. regions.EnumerateArray().Select(region => region.GetString()!).Order(StringComparer.Ordinal)]
                : [], [], [])
        {
            ReputationMinBps = SimScenario.Number(step, "min_reputation", 0),
            TierMin = (byte)SimScenario.Number(step, "min_tier", 0),
        },
        (byte)SimScenario.Number(step, "replicas", 1), rate, parameters.OrderDepositMin,
        SimScenario.Number(step, "prepaid", Math.Max(parameters.PrepaidSeconds, parameters.OrderSecondsMin)),
        SimScenario.Number(step, "min_term", 0), parameters.NoticeSecondsMin, SimScenario.Number(step, "open", 60))
    {
        Mode = Choice(step, "auction", AuctionMode.Open),
        RegionMax = (byte)SimScenario.Number(step, "region_max", 0),
        Renewals = (byte)SimScenario.Number(step, "renewals", 0),
    };

    private static AnswerDispute Answer(JsonElement step, ulong number, SimChain chain)
    {
        AnswerAction action = Choice(step, "action", AnswerAction.Contest);
        Case found = CaseStore.Read(chain.State, number) ?? throw SimScenario.Bad("answer", $"there is no case {number}");
        ulong value = action switch
        {
            AnswerAction.Contest => (ulong)CaseMath.Bond(found.Claim, chain.Parameters),
            AnswerAction.Appeal => CaseMath.JurySize((byte)(found.Round + 1), chain.Parameters) * found.JurorFee,
            AnswerAction.Settle => SimScenario.Number(step, "share", 0),
            _ => 0,
        };
        return new AnswerDispute(number, action, action == AnswerAction.Contest ? HashOf("answer") : default, value);
    }

    private static Attest Attestation(JsonElement step, SimActor by, SimChain chain, SimActor subject)
    {
        AttestationClaim claim = new(
            Choice(step, "schema", AttestationSchema.Hardware), subject.Address, default, HashOf("found"),
            HashOf($"{by.Name}-{chain.Height}"), chain.Now, chain.Now + SimScenario.Number(step, "seconds", 1000));
        return new Attest(
            claim with { Tier = (byte)SimScenario.Number(step, "tier", 0) },
            SimScenario.Number(step, "bond", chain.Parameters.AttestationBondMin));
    }

    private static Stars StarsOf(JsonElement step)
    {
        byte stars = (byte)SimScenario.Number(step, "stars", 5);
        return new Stars(stars, stars, stars);
    }

    private static T Choice<T>(JsonElement step, string name, T otherwise) where T : struct, Enum
    {
        if (!step.TryGetProperty(name, out JsonElement text)) return otherwise;
        return JsonNames.TryParse(text.GetString()!, out T value)
            ? value
            : throw SimScenario.Bad(name, $"'{text.GetString()}' is none of {JsonNames.AllOf<T>()}");
    }
}
