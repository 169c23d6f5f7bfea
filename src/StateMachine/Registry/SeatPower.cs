using System;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Registry;

/// <summary>
/// Voting power of a seat: the same for all, or the whole credits that its provider has bonded, up to a cap. With at most 200
/// seats and a cap of 10^9 the sum stays far below what CometBFT allows.
/// </summary>
public static class SeatPower
{
    private const ulong NcreditPerCredit = 1_000_000_000;

    /// <summary>Above zero.</summary>
    public static long Of(IStateReader state, Seat seat, Parameters parameters)
    {
        if (parameters.PowerPerSeat > 0) return (long)parameters.PowerPerSeat;
        return Of(Providers.Load(state, seat.Provider)?.Bonded ?? 0, parameters);
    }

    /// <summary>The power that a bonded stake, in ncredit, gives.</summary>
    public static long Of(ulong bonded, Parameters parameters) => parameters.PowerPerSeat > 0
        ? (long)parameters.PowerPerSeat
        : (long)Math.Clamp(bonded / NcreditPerCredit, 1, parameters.SeatPowerMax);
}
