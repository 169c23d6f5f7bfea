using System;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Market.Settlement;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Justice.Slashing;

/// <summary>
/// Bounds what slashes take of one stake in one epoch (marketplace.md 4, A24), so that a flood of reports or one bad day cannot empty
/// it before its owner can answer. Double-signed blocks are outside: they threaten the chain itself, and have one slash a height. So
/// is the collateral that a ruling awards to a tenant.
/// </summary>
public static class SlashCap
{
    private const int CodecVersion = 1;

    /// <summary>
    /// How much of a wanted slash may be taken: never collateral, and with what the epoch took before no more than the parameter's share
    /// of the stake that the epoch began to take from. Counts it; the caller takes it.
    /// </summary>
    /// <param name="at">When the fault fell due; a late timed move counts for its own epoch.</param>
    public static ulong Take(
        ExecutionContext context, Role role, in Address address, StakeBalance stake, UInt128 wanted, MarketTime at)
    {
        Parameters parameters = context.Block.Parameters;
        ulong held = (ulong)stake.Held;
        ulong epoch = at.Seconds / parameters.EpochSeconds;
        (ulong Epoch, ulong Base, ulong Taken) tally = Load(context.State, role, address);
        if (epoch > tally.Epoch) tally = (epoch, held, 0);
        ulong most = (ulong)((UInt128)tally.Base * parameters.SlashEpochCapBps / LeaseMath.BasisPoints);
        ulong left = most > tally.Taken ? most - tally.Taken : 0;
        UInt128 amount = UInt128.Min(wanted, Math.Min(left, held - stake.Locked));
        if (amount == 0) return 0;
        byte[] value = new MessagePackWriter().Array(4)
            .UInt(CodecVersion).UInt(tally.Epoch).UInt(tally.Base).UInt(tally.Taken + (ulong)amount).ToArray();
        context.State.Put(StoreId.Market, Key(role, address), value);
        return (ulong)amount;
    }

    private static (ulong Epoch, ulong Base, ulong Taken) Load(StateOverlay state, Role role, in Address address)
    {
        byte[]? bytes = state.Get(StoreId.Market, Key(role, address));
        if (bytes is null) return default;
        MessagePackReader reader = new(bytes);
        reader.Array(4);
        ulong version = reader.UInt();
        (ulong, ulong, ulong) tally = (reader.UInt(), reader.UInt(), reader.UInt());
        reader.EndArray();
        Invariant.Holds(reader.TryFinish(out _) && version == CodecVersion, "a stored slash tally is canonical");
        return tally;
    }

    private static byte[] Key(Role role, in Address address) => Schema.Key(JusticeSchema.SlashTally, (byte)role, address);
}
