using System.Collections.Generic;
using System.Threading.Tasks;
using Chain.Node.Rpc.Json;
using Chain.Primitives.Blocks;

namespace Chain.Node.Rpc.Methods;

/// <summary>Methods of a development node. They exist only where the node was started with a movable clock.</summary>
internal sealed class DevMethods
{
    /// <summary>One year: enough for any story, far from the end of the calendar.</summary>
    private const long SecondsMax = 366 * 24 * 3600;

    /// <summary>The year 2200.</summary>
    private const long UnixSecondsMax = 7_258_118_400;

    private readonly IDevClock _clock;

    public DevMethods(IDevClock clock) => _clock = clock;

    public IEnumerable<RpcMethod> All =>
    [
        new RpcMethod("dev_advance", ["seconds"], AdvanceAsync), new RpcMethod("dev_advance_to", ["unix_seconds", "system_ms"], AdvanceToAsync),
    ];

    private async ValueTask<RpcAnswer> AdvanceAsync(RpcCall call)
    {
        long seconds = call.Arguments.Int64("seconds") ?? 0;
        if (call.Arguments.Error is { } error) return RpcAnswer.Fail(error);
        if (seconds is < 1 or > SecondsMax)
        {
            return RpcAnswer.Fail(RpcError.InvalidParams($"seconds must be within [1, {SecondsMax}], given {seconds}"));
        }
        Timestamp now = await _clock.AdvanceAsync(seconds, call.Cancellation).ConfigureAwait(false);
        return RpcAnswer.Object(writer => writer.Time("time", now));
    }

    private async ValueTask<RpcAnswer> AdvanceToAsync(RpcCall call)
    {
        long time = call.Arguments.Int64("unix_seconds") ?? 0;
        long systemMs = call.Arguments.Int64("system_ms") ?? -1;
        if (call.Arguments.Error is { } error) return RpcAnswer.Fail(error);
        if (time is < 0 or > UnixSecondsMax)
        {
            return RpcAnswer.Fail(RpcError.InvalidParams($"unix_seconds must be within [0, {UnixSecondsMax}], given {time}"));
        }
        if (systemMs is < 0 or > UnixSecondsMax * 1000)
        {
            return RpcAnswer.Fail(RpcError.InvalidParams($"system_ms must be within [0, {UnixSecondsMax * 1000}]"));
        }
        Timestamp now = await _clock.AdvanceToAsync(new Timestamp(time, 0), systemMs, call.Cancellation).ConfigureAwait(false);
        return RpcAnswer.Object(writer => writer.Time("time", now));
    }
}
