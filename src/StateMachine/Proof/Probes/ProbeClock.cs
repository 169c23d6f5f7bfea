using System.Buffers.Binary;
using System.Collections.Generic;
using Chain.StateMachine.Beacon;
using Chain.StateMachine.Core;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Proof.Probes;

/// <summary>
/// Begins an epoch of probing, as long as somebody probes, has it drawn, and ends it. At the end of an epoch its leases come first:
/// their entries of the same second stand before this one in the queue.
/// </summary>
public static class ProbeClock
{
    /// <summary>Has the next epoch probed; called when a prober comes.</summary>
    internal static void Wake(ExecutionContext context)
    {
        ulong seconds = context.Block.Parameters.EpochSeconds;
        ulong next = (context.Now.Seconds / seconds) + 1;
        TimedQueue.Schedule(context.State, new MarketTime(next * seconds), TimedKind.ProbeEpoch, IdOf(next));
    }

    /// <summary>The epoch with its seed, as soon as the beacon has given one.</summary>
    public static ProbeEpoch? Load(ExecutionContext context, ulong number)
    {
        ProbeEpoch? epoch = ProbeBook.LoadEpoch(context.State, number);
        if (epoch is null || !epoch.Seed.IsZero) return epoch;
        if (Draws.Find(context.State, epoch.DrawRound, new MarketTime(epoch.Ends)) is not { } value) return epoch;
        ProbeEpoch drawn = epoch with { Seed = DrawMath.Seed(value.Value, "probe-epoch"u8, IdOf(number)), Probers = Probers(context) };
        ProbeBook.Store(context.State, drawn);
        context.Emit(new Event("ProbesDrawn",
            [new("epoch", number), new("probers", (ulong)drawn.Probers.Count), new("seed", drawn.Seed)]));
        return drawn;
    }

    /// <summary>Runs when the epoch begins, when it is drawn, and when it ends.</summary>
    internal static void Move(ExecutionContext context, byte[] id)
    {
        ulong number = BinaryPrimitives.ReadUInt64BigEndian(id);
        ProbeEpoch? epoch = Load(context, number);
        if (epoch is null) Begin(context, number);
        else if (context.Now.Seconds >= epoch.Ends) End(context, epoch);
    }

    private static void Begin(ExecutionContext context, ulong number)
    {
        ulong seconds = context.Block.Parameters.EpochSeconds;
        bool isPresent = context.Now.Seconds / seconds == number;
        if (Probers(context).Count == 0) return;
        if (!isPresent)
        {
            Wake(context);
            return;
        }
        ulong round = Draws.Request(context, TimedKind.ProbeEpoch, IdOf(number));
        ProbeEpoch begun = new(number, seconds, round, default, 0, 0, []);
        ProbeBook.Store(context.State, begun);
        TimedQueue.Schedule(context.State, new MarketTime(begun.Ends), TimedKind.ProbeEpoch, IdOf(number));
        TimedQueue.Schedule(context.State, new MarketTime(begun.Ends), TimedKind.ProbeEpoch, IdOf(number + 1));
    }

    /// <summary>Who committed and did not reveal has something to hide: it loses a share of the least stake.</summary>
    private static void End(ExecutionContext context, ProbeEpoch epoch)
    {
        foreach (DrawnProber prober in epoch.Probers)
        {
            if (ProbeBook.LoadCommit(context.State, epoch.Number, prober.Address) is null) continue;
            ProbeBook.DropCommit(context.State, epoch.Number, prober.Address);
            ProbeJudge.Penalize(context, prober.Address, epoch.Number, "silent");
        }
        ProbeBook.DropEpoch(context.State, epoch.Number);
        context.Emit(new Event("ProbeEpochEnded",
        [
            new("epoch", epoch.Number),
            new("judged", epoch.Judged),
            new("bad", epoch.Bad),
            new("void", epoch.IsVoid(context.Block.Parameters) ? "yes" : "no"),
        ]));
    }

    /// <summary>Those with the least stake at least, the largest if there are too many, by address.</summary>
    private static List<DrawnProber> Probers(ExecutionContext context)
    {
        Parameters parameters = context.Block.Parameters;
        List<DrawnProber> probers = [];
        foreach (RoleHolder prober in RoleHolders.All(context.State, Role.Prober))
        {
            if (prober.Stake.Bonded >= parameters.StakeMinProber) probers.Add(new DrawnProber(prober.Address, prober.Stake.Bonded));
        }
        if (probers.Count <= ProbeEpoch.ProbersMax) return probers;
        probers.Sort((a, b) => a.Weight != b.Weight ? b.Weight.CompareTo(a.Weight) : a.Address.CompareTo(b.Address));
        probers.RemoveRange(ProbeEpoch.ProbersMax, probers.Count - ProbeEpoch.ProbersMax);
        probers.Sort((a, b) => a.Address.CompareTo(b.Address));
        return probers;
    }

    private static byte[] IdOf(ulong number) => Schema.Key(0, number)[1..];
}
