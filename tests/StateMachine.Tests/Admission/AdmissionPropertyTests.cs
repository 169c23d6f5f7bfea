using System.Collections.Generic;
using System.Globalization;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Update;
using Chain.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Chain.StateMachine.Tests.Admission;

/// <summary>
/// Random lives of a network: requests, votes, stakes, status changes, evidence, time. What must hold after each block stands in
/// <see cref="AdmissionWorld"/>; here it is added that no key serves two providers while evidence may still come.
/// </summary>
public sealed class AdmissionPropertyTests
{
    private static readonly string[] People = ["provider", "provider-1", "alice", "bob", "carol"];

    private static Gen<Step> Steps { get; } =
        from what in Gen.Choose(0, 11)
        from who in Gen.Elements(People)
        from whom in Gen.Elements(People)
        from number in Gen.Choose(0, 5)
        select new Step(what, who, whom, number);

    private static Gen<List<Step>> Lives { get; } =
        from count in Gen.Choose(5, 60)
        from steps in Steps.ListOf(count)
        select new List<Step>(steps);

    [Theory]
    [InlineData(10)]
    [InlineData(0)]
    public void Set_is_never_empty_sums_are_right_and_keys_are_not_reused(int powerPerSeat)
    {
        PropertyCheck.Holds(Lives, life =>
        {
            AdmissionWorld world = new(2, (ParameterId.PowerPerSeat, (ulong)powerPerSeat));
            foreach (string name in People[2..]) world.Register(name, 150 * TestGenesis.Credit);
            SortedDictionary<Address, (Address Provider, MarketTime Seen)> owners = [];
            foreach (Step step in life)
            {
                Play(world, step);
                if (!KeysKeepTheirOwner(world, owners)) return false;
            }
            return true;
        }, 60);
    }

    private static bool KeysKeepTheirOwner(
        AdmissionWorld world, SortedDictionary<Address, (Address Provider, MarketTime Seen)> owners)
    {
        ulong answerable = Parameters.Devnet.EvidenceSecondsMax + Parameters.Devnet.UnbondingSeconds;
        foreach (Seat seat in world.AllSeats)
        {
            bool isKnown = owners.TryGetValue(seat.ConsensusAddress, out (Address Provider, MarketTime Seen) before);
            bool isOther = isKnown && before.Provider != seat.Provider;
            if (isOther && world.Now < before.Seen + answerable) return false;
            owners[seat.ConsensusAddress] = (seat.Provider, world.Now);
        }
        foreach ((Address key, (Address provider, MarketTime seen)) in owners)
        {
            // Whoever had the key answers for it, as long as evidence may come.
            Address? answers = Seats.Load(world.State, key)?.Provider ?? PastSeats.Load(world.State, key)?.Provider;
            if (world.Now < seen + Parameters.Devnet.EvidenceSecondsMax && answers != provider) return false;
        }
        return true;
    }

    private static void Play(AdmissionWorld world, Step step)
    {
        Seat? seat = world.SeatOf(step.Who);
        string key = "key-" + step.Number.ToString(CultureInfo.InvariantCulture);
        ulong amount = (ulong)(step.Number + 1) * 20 * TestGenesis.Credit;
        switch (step.What)
        {
            case 0:
                world.Send(step.Who, world.Ask(step.Who, key, step.Whom + "-node"));
                break;
            case 1 when step.Number == 0:
                world.Send(step.Who, RequestSeat.Leave);
                break;
            case 2 when seat is not null:
                world.Send(step.Who, world.Rotate(step.Who, NameOf(seat), key));
                break;
            case 3 or 4 or 5:
                Everybody(world, AdmissionWorld.GrantSeat(step.Whom, step.Number == 0 ? world.Now + 100 : MarketTime.Never));
                break;
            case 6 when step.Number < 2:
                Everybody(world, AdmissionWorld.RevokeSeat(step.Whom));
                break;
            case 7:
                world.Send(step.Who, new Stake(Role.Provider, step.Number % 2 == 0 ? StakeAction.Bond : StakeAction.Unbond, amount));
                break;
            case 8 when seat is not null:
                world.Equivocate(NameOf(seat), step.Number + 1);
                break;
            case 9:
                world.Send(step.Who, new Update((StatusChange)(step.Number + 1 is var change and <= 5 ? change : 5), "", default, []));
                break;
            case 10:
                world.Pass((ulong)step.Number * 25);
                break;
            default:
                world.Send(step.Who, world.Access(step.Who, key, step.Number % 2 == 0 ? AccessAction.Ask : AccessAction.Leave));
                break;
        }
    }

    /// <summary>All vote in one block; those without a right to are refused.</summary>
    private static void Everybody(AdmissionWorld world, Message proposal)
    {
        List<SignedTransaction> votes = [];
        foreach (string name in People) votes.Add(world.Chain.Sign(name, [proposal]));
        world.Block([.. votes]);
    }

    /// <summary>The name from which the seat's consensus key follows.</summary>
    private static string NameOf(Seat seat)
    {
        foreach (string name in (string[])["validator", "validator-1", "key-0", "key-1", "key-2", "key-3", "key-4", "key-5"])
        {
            if (TestKeys.PublicOf(name) == seat.ConsensusKey) return name;
        }
        return "nobody";
    }

    private sealed record Step(int What, string Who, string Whom, int Number);
}
