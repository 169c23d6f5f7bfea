using System.Collections.Generic;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Registry;

/// <summary>Time that a provider announced for maintenance: epochs that it touches are not judged.</summary>
/// <param name="To">The first second after it.</param>
/// <param name="ChargedSeconds">What it takes from the period's allowance: the whole of every epoch that it touches.</param>
public readonly record struct MaintenanceWindow(MarketTime From, MarketTime To, ulong ChargedSeconds)
{
    /// <summary>Windows that one provider may have on record.</summary>
    public const int Max = 16;

    public static void WriteAll(ref MessagePackWriter writer, IReadOnlyList<MaintenanceWindow> windows)
    {
        writer.Array(windows.Count);
        foreach (MaintenanceWindow window in windows)
        {
            writer.Array(3).UInt(window.From.Seconds).UInt(window.To.Seconds).UInt(window.ChargedSeconds);
        }
    }

    public static MaintenanceWindow[] ReadAll(ref MessagePackReader reader)
    {
        MaintenanceWindow[] windows = new MaintenanceWindow[reader.ArrayHeader(Max)];
        for (int i = 0; i < windows.Length && reader.IsOk; i++)
        {
            reader.Array(3);
            windows[i] = new MaintenanceWindow(new MarketTime(reader.UInt()), new MarketTime(reader.UInt()), reader.UInt());
            reader.EndArray();
            if (windows[i].From >= windows[i].To) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        return windows;
    }
}
